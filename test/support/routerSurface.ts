import inject from 'light-my-request';
import type { Clock } from '../../emulator/clock/clock.ts';
import { instantOf } from '../../emulator/clock/instant.ts';
import { createManualClock } from '../../emulator/clock/manualClock.ts';
import type { AnswerOf, Command, CommandOf, CommandType } from '../../emulator/router/engine/commands.ts';
import type { Answer, EngineReads } from '../../emulator/router/engine/engine.ts';
import type { EngineFailure } from '../../emulator/router/engine/failures.ts';
import { createRouterServer, type RouterServerOptions } from '../../emulator/router/http/server.ts';
import type { Router } from '../../emulator/router/router.ts';
import { signatureHeaders, TEST_ACCESS_KEY } from './signedRequest.ts';

export const NINE_AM = instantOf('2026-03-02T09:00:00Z');
export const TEST_HOST = 'router.test';

type Answers = { [Type in CommandType]?: AnswerOf<Type> };

export interface ScriptedRouter extends Router {
  /** Every command the surface sent, in order. */
  readonly commands: Command[];
}

/** A router that shows what it is given, answers as told and notes what it is asked. */
export function scriptedRouter(
  script: { answers?: Answers; failure?: EngineFailure; read?: Partial<EngineReads> } = {},
): ScriptedRouter {
  const commands: Command[] = [];
  const nothing = () => undefined;
  const none = () => [];
  const { read: views = {} } = script;
  const listing =
    <View>(all: () => readonly View[] = none) =>
    (before = Number.POSITIVE_INFINITY) => {
      const newestFirst = all();
      return newestFirst
        .map((view, index) => ({ number: newestFirst.length - index, view }))
        .filter(({ number }) => number < before);
    };
  return {
    commands,
    handle<Type extends CommandType>(command: CommandOf<Type> & Command): Answer<AnswerOf<Type>> {
      commands.push(command);
      if (script.failure) return { ok: false, failure: script.failure };
      const type: Type = command.type;
      const value: AnswerOf<Type> | undefined = script.answers?.[type];
      if (value === undefined) throw new Error(`No answer was scripted for ${type}`);
      return { ok: true, value };
    },
    read: {
      created: {
        classificationPolicies: listing(views.classificationPolicies),
        exceptionPolicies: listing(views.exceptionPolicies),
        distributionPolicies: listing(views.distributionPolicies),
        queues: listing(views.queues),
        workers: listing(views.workers),
        jobs: listing(views.jobs),
      },
      classificationPolicy: nothing,
      classificationPolicies: none,
      exceptionPolicy: nothing,
      exceptionPolicies: none,
      queueStatistics: nothing,
      jobPosition: nothing,
      explainJob: nothing,
      outsideCalls: none,
      distributionPolicy: nothing,
      distributionPolicies: none,
      queue: nothing,
      queues: none,
      worker: nothing,
      workers: none,
      workerHasRoom: () => true,
      job: nothing,
      jobs: none,
      ...script.read,
    },
  };
}

interface Request {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly version?: string;
}

/** A surface that is spoken to without a port, by a caller that signs correctly and names an api-version. */
export function surfaceOf(router: Router, options: Partial<RouterServerOptions> = {}) {
  const clock: Clock = options.clock ?? createManualClock(NINE_AM);
  const bugs: unknown[] = [];
  let ids = 0;
  const server = createRouterServer({
    router,
    clock,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    accessKey: TEST_ACCESS_KEY,
    onBug: (error) => bugs.push(error),
    ...options,
  });

  async function send(method: 'GET' | 'PATCH' | 'POST' | 'DELETE', path: string, request: Request = {}) {
    const target = `${path}${path.includes('?') ? '&' : '?'}api-version=${request.version ?? '2023-11-01'}`;
    const body =
      request.body === undefined || typeof request.body === 'string'
        ? request.body
        : JSON.stringify(request.body);
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const date = new Date((options.callersClock ?? clock).now()).toUTCString();
    const answer = await inject(server.handle, {
      method,
      url: target,
      headers: {
        ...(body !== undefined && { 'content-type': contentType }),
        ...signatureHeaders({ method, target, body: body ?? '', host: TEST_HOST, date }),
        ...request.headers,
      },
      ...(body !== undefined && { payload: body }),
    });
    const json: unknown = answer.body === '' ? undefined : answer.json();
    return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: json };
  }
  return { server, send, bugs };
}
