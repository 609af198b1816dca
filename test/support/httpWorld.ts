/** The HTTP endpoints before the emulator's router in process, with one queue and one worker, and nobody's time passing. */
import { HttpRequest } from '@azure/functions';
import type { App } from '../../src/composition.ts';
import type { Caller, Role } from '../../src/http/caller.ts';
import type { Endpoint } from '../../src/http/endpoint.ts';
import type { JobRouter } from '../../src/jobRouter/jobRouter.ts';
import { type RouterInProcess, routerInProcess } from './routerInProcess.ts';
import { testApp } from './testApp.ts';

export const QUEUE = 'queue-1';
export const WORKER = 'worker-1';

/** What a request may bring besides its endpoint. */
export interface Asking {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is when it is a text. */
  readonly body?: unknown;
  readonly as?: Caller;
}

export interface Answered {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface HttpWorld extends RouterInProcess {
  ask(endpoint: Endpoint, asking?: Asking): Promise<Answered>;
  /** Has the worker offered the job, and answers with the offer. */
  offered(jobId: string, job?: object): Promise<string>;
  /** Has the worker take the job, and answers with the assignment. */
  assigned(jobId: string): Promise<string>;
}

export const keyHolder: Caller = { kind: 'keyHolder' };
export const signedIn = (id: string, ...roles: readonly Role[]): Caller => ({ kind: 'signedIn', id, roles });

/** JSON as what it says, anything else as it is. */
const readAnswer = (text: string, headers: Headers): unknown =>
  headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;

/** @param around puts something between the app and its router. */
export function httpWorld(
  parts: Partial<App> = {},
  around: (router: JobRouter) => JobRouter = (router) => router,
): HttpWorld {
  const world = routerInProcess();
  let ids = 0;
  const clock = { ...testApp().clock, now: () => new Date(world.clock.now()) };
  const app = testApp({ router: around(world.jobRouter), clock, newId: () => `job-new-${++ids}`, ...parts });
  world.send('PATCH', '/routing/distributionPolicies/policy-1', {
    offerExpiresAfterSeconds: 60,
    mode: { kind: 'longestIdle' },
  });
  world.send('PATCH', `/routing/queues/${QUEUE}`, { distributionPolicyId: 'policy-1' });
  world.send('PATCH', `/routing/workers/${WORKER}`, {
    capacity: 5,
    queues: [QUEUE],
    channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
    labels: { language: 'en' },
  });

  async function offered(jobId: string, job: object = {}): Promise<string> {
    world.send('PATCH', `/routing/workers/${WORKER}`, { availableForOffers: true });
    world.send('PATCH', `/routing/jobs/${jobId}`, { channelId: 'voice', queueId: QUEUE, ...job });
    await world.clock.advance(1_000);
    const { body } = world.send('GET', `/routing/workers/${WORKER}`);
    const { offers } = body as { offers: { offerId: string; jobId: string }[] };
    const offer = offers.find((one) => one.jobId === jobId);
    if (offer === undefined) throw new Error(`${jobId} is not offered`);
    return offer.offerId;
  }

  return {
    ...world,
    offered,
    async ask(endpoint, { params = {}, query = {}, headers = {}, body, as = keyHolder } = {}) {
      const path = endpoint.route.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
      const request = new HttpRequest({
        method: endpoint.method,
        url: `https://app.example/api/${path}?${new URLSearchParams(query)}`,
        params,
        query,
        headers,
        ...(body !== undefined && {
          body: { string: typeof body === 'string' ? body : JSON.stringify(body) },
        }),
      });
      const answer = await endpoint.answer(request, { app, caller: as, log: () => {} });
      const answered: unknown =
        typeof answer.body === 'string'
          ? readAnswer(answer.body, new Headers(answer.headers))
          : JSON.parse(JSON.stringify(answer.jsonBody));
      return {
        status: answer.status,
        headers: Object.fromEntries(new Headers(answer.headers)),
        body: answered,
      };
    },
    async assigned(jobId) {
      const offerId = await offered(jobId);
      const { body } = world.send('POST', `/routing/workers/${WORKER}/offers/${offerId}:accept`);
      return (body as { assignmentId: string }).assignmentId;
    },
  };
}
