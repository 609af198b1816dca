/**
 * The host's own endpoints: those of the real host that people and tools use locally, and under `/admin/emulator`
 * what this host adds. No function can clash with them, because the real host keeps `/admin` for itself as well.
 */
import type { Clock } from '../../clock/clock.ts';
import type { Instant } from '../../clock/instant.ts';
import type { QueueStore } from '../queues/queueStore.ts';
import type { HostSettings } from '../settings.ts';
import { HOST_VERSION } from '../worker/workerCore.ts';
import { type AdminFunctionsParts, createAdminFunctions } from './adminFunctions.ts';
import { type Endpoint, type HostRequest, type HostResponse, json, segmentsOf, text } from './exchange.ts';
import { compileRoute, type RouteTemplate } from './routeTemplate.ts';

export interface AdminParts extends AdminFunctionsParts {
  readonly queues: QueueStore;
  readonly settings: HostSettings;
  readonly clock: Clock;
  readonly startedAt: Instant;
  readonly instanceId: string;
}

type Answer = (request: HostRequest, name: string) => HostResponse | Promise<HostResponse>;

interface Route {
  readonly method: string;
  readonly path: RouteTemplate;
  readonly answer: Answer;
}

const route = (method: string, path: string, answer: Answer): Route => ({
  method,
  path: compileRoute(path),
  answer,
});

function hostStatus({ settings, clock, startedAt, instanceId }: AdminParts): HostResponse {
  return json(200, {
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
}

function routesOf(parts: AdminParts): readonly Route[] {
  const { queues } = parts;
  const functions = createAdminFunctions(parts);
  return [
    route('GET', 'admin/host/status', () => hostStatus(parts)),
    route('GET', 'admin/host/ping', () => ({ status: 200 })),
    route('POST', 'admin/host/ping', () => ({ status: 200 })),
    route('GET', 'admin/functions', functions.list),
    route('GET', 'admin/functions/{name}', functions.describe),
    route('GET', 'admin/functions/{name}/status', functions.status),
    route('POST', 'admin/functions/{name}', functions.run),
    route('GET', 'admin/emulator/queues', async () => json(200, { queues: await queues.names() })),
    route('GET', 'admin/emulator/queues/{name}', async (_request, queue) =>
      json(200, { queue, messages: await queues.peek(queue) }),
    ),
  ];
}

export function createAdminEndpoint(parts: AdminParts): Endpoint {
  const routes = routesOf(parts);

  async function answerTo(request: HostRequest, path: string): Promise<HostResponse> {
    for (const { method, path: template, answer } of routes) {
      const params = method === request.method && template.match(path);
      if (!params) continue;
      const { name = '' } = params;
      return answer(request, name);
    }
    return text(404, `The emulated host has no ${request.method} ${request.url.pathname}.`);
  }

  return (request) => {
    const segments = segmentsOf(request.url);
    if (segments[0]?.toLowerCase() !== 'admin') return undefined;
    return answerTo(request, `/${segments.join('/')}`);
  };
}
