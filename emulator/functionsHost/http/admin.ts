/**
 * The host's own endpoints: those of the real host that people and tools use locally, and under `/admin/emulator`
 * what this host adds. No function can clash with them, because the real host keeps `/admin` for itself as well.
 */
import * as z from 'zod';
import type { Clock } from '../../clock/clock.ts';
import type { Instant } from '../../clock/instant.ts';
import { messageOf } from '../../messageOf.ts';
import type { QueueStore } from '../queues/queueStore.ts';
import type { HostSettings } from '../settings.ts';
import type { FunctionDescription, TriggeredFunction } from '../triggers/trigger.ts';
import type { TriggerPayload } from '../worker/invocation.ts';
import type { RegisteredFunction } from '../worker/rpc.ts';
import { HOST_VERSION } from '../worker/workerCore.ts';
import {
  type Endpoint,
  type HostRequest,
  type HostResponse,
  json,
  parseJsonBody,
  segmentsOf,
  text,
} from './exchange.ts';

const handInvocation = z.looseObject({ input: z.string('"input" is a text').nullish() });

export interface AdminParts {
  readonly functions: readonly TriggeredFunction[];
  readonly queues: QueueStore;
  readonly settings: HostSettings;
  readonly clock: Clock;
  readonly startedAt: Instant;
  readonly instanceId: string;
  /** Starts an invocation nobody waits for. */
  readonly runInBackground: (fn: RegisteredFunction, payload: TriggerPayload) => void;
}

/** A function the way the admin API describes it. */
function descriptionOf({ fn, describe }: TriggeredFunction, baseUrl: string) {
  const { name, triggerType, urls, note }: FunctionDescription = describe(baseUrl);
  const bindings = Object.entries(fn.metadata.bindings).map(([bindingName, binding]) => ({
    ...binding,
    name: bindingName,
  }));
  return {
    name,
    href: `${baseUrl}/admin/functions/${name}`,
    invoke_url_template: triggerType === 'httpTrigger' ? urls[0] : null,
    language: 'node',
    isDisabled: false,
    config: { name, bindings },
    ...(note !== undefined && { note }),
  };
}

export function createAdminEndpoint(parts: AdminParts): Endpoint {
  const { functions, queues, settings, clock, startedAt, instanceId, runInBackground } = parts;
  const named = (name: string) =>
    functions.find(({ fn }) => fn.metadata.name.toLowerCase() === name.toLowerCase());
  const unknown = (name: string) =>
    text(
      404,
      `There is no function "${name}". Functions here: ${functions.map(({ fn }) => fn.metadata.name).join(', ')}.`,
    );

  const status = (): HostResponse =>
    json(200, {
      id: instanceId,
      state: 'Running',
      version: HOST_VERSION,
      versionDetails: `${HOST_VERSION} (emulated)`,
      platformVersion: '',
      instanceId,
      computerName: 'localhost',
      processUptime: clock.now() - startedAt,
      functionAppContentEditingState: 'NotAllowed',
      ...(settings.extensionBundle && { extensionBundle: settings.extensionBundle }),
    });

  function invoke(name: string, request: HostRequest): HostResponse {
    const body = parseJsonBody(request, handInvocation);
    if ('problem' in body) {
      return text(400, `The body must be JSON of the form {"input":"text"}: ${body.problem}`);
    }
    const found = named(name);
    if (!found) return unknown(name);
    try {
      runInBackground(found.fn, found.payloadOf(body.value.input ?? ''));
    } catch (error) {
      return text(400, `The input does not fit the trigger of "${name}": ${messageOf(error)}`);
    }
    return { status: 202 };
  }

  const listQueues = async () => json(200, { queues: await queues.names() });
  const listMessages = async (queue: string) => json(200, { queue, messages: await queues.peek(queue) });

  function answer(request: HostRequest, [area = '', subject = '', name, more]: readonly string[]) {
    const call = `${request.method} ${area.toLowerCase()}/${subject.toLowerCase()}`;
    const base = request.url.origin;
    if (more !== undefined && more.toLowerCase() !== 'status') return undefined;
    switch (call) {
      case 'GET host/status':
        return status();
      case 'GET host/ping':
      case 'POST host/ping':
        return { status: 200 };
      case 'GET emulator/queues':
        return name === undefined ? listQueues() : listMessages(name);
    }
    if (area.toLowerCase() !== 'functions') return undefined;
    return answerFunctions(request, subject, name, base);
  }

  function answerFunctions(request: HostRequest, name: string, part: string | undefined, base: string) {
    if (request.method === 'POST' && name !== '' && part === undefined) return invoke(name, request);
    if (request.method !== 'GET') return undefined;
    if (name === '')
      return json(
        200,
        functions.map((found) => descriptionOf(found, base)),
      );
    const found = named(name);
    if (!found) return unknown(name);
    if (part === undefined) return json(200, descriptionOf(found, base));
    return part.toLowerCase() === 'status' ? json(200, {}) : undefined;
  }

  return (request) => {
    const [admin, ...rest] = segmentsOf(request.url);
    if (admin?.toLowerCase() !== 'admin') return undefined;
    const unanswered = text(404, `The emulated host has no ${request.method} ${request.url.pathname}.`);
    return Promise.resolve(answer(request, rest) ?? unanswered);
  };
}
