import { seededIds, seededRandom } from '../../../emulator/chance.ts';
import { secondsAfter } from '../../../emulator/clock/instant.ts';
import { createEventGrid, type EventGrid } from '../../../emulator/eventGrid/createEventGrid.ts';
import { NoAnswer, type Send } from '../../../emulator/eventGrid/send.ts';
import { createRouterEngine } from '../../../emulator/router/engine/createRouterEngine.ts';
import { noDelays } from '../../../emulator/router/engine/delays.ts';
import { createRouter, type LiveRouter } from '../../../emulator/router/router.ts';
import { parseExpression } from '../../../emulator/router/rules/parseExpression.ts';
import { type Automation, automation } from '../../../src/automation/rules.ts';
import { settleDeferral } from '../../../src/deferral/settleDeferral.ts';
import type { LogLine } from '../../../src/handling/logLine.ts';
import { createAcsJobRouter } from '../../../src/jobRouter/acsJobRouter.ts';
import type { Attempt } from '../../../src/jobRouter/attempt.ts';
import { idFrom, type JobId, type WorkerId } from '../../../src/jobRouter/ids.ts';
import type { JobRouter } from '../../../src/jobRouter/jobRouter.ts';
import { createRequestBudget } from '../../../src/jobRouter/requestBudget.ts';
import type { ParkedEvent } from '../../../src/parking/parkedEvent.ts';
import { parkIn } from '../../../src/parking/parking.ts';
import { resendParked } from '../../../src/parking/resendParked.ts';
import { createReconciler } from '../../../src/reconciling/reconcile.ts';
import { MOST_MESSAGES } from '../../../src/storage/messageQueue.ts';
import { answerDelivery } from '../../../src/webhook/answerDelivery.ts';
import type { WorkAnswer } from '../../../src/work/workCaller.ts';
import { type TestApp, testApp } from '../testApp.ts';
import { inBatches } from './inBatches.ts';
import { inProcessClient } from './inProcessClient.ts';
import { parkedQueue } from './parkedQueue.ts';
import { type KillPoint, processLife } from './processLife.ts';
import { simulatedQueue } from './simulatedQueue.ts';
import { type SimulatedTime, simulatedTime } from './simulatedTime.ts';

export interface WorldOptions {
  readonly rules: Parameters<typeof automation.parse>[0];
  readonly seed?: string;
  /** Requests in ten seconds that the app allows itself. */
  readonly quota?: number;
  /** Where the app's process is killed, once. */
  readonly killAt?: KillPoint;
  /** Whether Event Grid delivers to the app; otherwise whoever tests does it by hand. Default: yes. */
  readonly isSubscribed?: boolean;
  /** What the endpoint answers that is asked for work, to begin with. */
  readonly work?: WorkAnswer;
  /** How many events may travel in one request. Default: 1. */
  readonly maxEventsPerBatch?: number;
}

/** A worker with the label by which rules call it a machine, or without. */
export async function registerWorker(
  { outside }: World,
  id: string,
  { capacity = 1, isMachine = true }: { readonly capacity?: number; readonly isMachine?: boolean } = {},
): Promise<void> {
  await outside.upsertWorker(idFrom<WorkerId>(id), {
    capacity,
    queues: ['queue'],
    labels: isMachine ? { Machine: true } : {},
    channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
    availableForOffers: true,
  });
}

/** A queue whose offers stand for a minute, or for as long as is said. */
export async function provisionQueue(
  { outside }: World,
  { offersStandForSeconds = 60 }: { readonly offersStandForSeconds?: number } = {},
): Promise<void> {
  await outside.upsertDistributionPolicy(idFrom('policy'), {
    offerExpiresAfterSeconds: offersStandForSeconds,
    mode: { kind: 'longestIdle' },
  });
  await outside.upsertQueue(idFrom('queue'), { distributionPolicyId: 'policy' });
}

export const submitJob = ({ outside }: World, id: string) =>
  outside.upsertJob(idFrom<JobId>(id), { channelId: 'voice', queueId: 'queue' });

/** A router, an Event Grid and an app, at one simulated time, in one process. */
export interface World {
  readonly time: SimulatedTime;
  readonly router: LiveRouter;
  readonly eventGrid: EventGrid;
  readonly app: TestApp;
  /** The router as somebody else reaches it, whatever happens to the app's own way there. */
  readonly outside: JobRouter;
  /** The same for what the app itself never asks. */
  readonly patch: (path: string, body: object) => Promise<void>;
  readonly post: (path: string) => Promise<void>;
  readonly automation: Automation;
  /** When each request of the app was sent, in milliseconds. */
  readonly requestedAt: readonly number[];
  readonly attempts: readonly Attempt[];
  readonly lines: readonly LogLine[];
  /** Assignments for which the endpoint was asked to work, each time. */
  readonly worked: readonly string[];
  /** How many events each request to the app has brought. */
  readonly requests: readonly number[];
  /** What is parked, as often as the app parked it. */
  readonly parkedEvents: () => readonly ParkedEvent[];
  /** Has it handled once more, as an administrator does. */
  resendParkedEvents(): Promise<void>;
  /** The endpoint that is asked for work. */
  readonly endpoint: { answer: WorkAnswer };
  /** How many calls have left the app's process. */
  readonly calls: () => number;
  /** What is broken at present. */
  readonly broken: { router: boolean; app: boolean };
  /** Lets the app's timer run, as the host would, every half minute: for so many runs, or for ever. */
  reconcileByTimer(runs?: number): void;
}

const STARTS_AT = '2026-03-02T09:00:00Z';
const TIMER_SECONDS = 30;

export async function simulatedWorld(options: WorldOptions): Promise<World> {
  const { rules, seed = 'world', quota = 1_000, maxEventsPerBatch = 1 } = options;
  const time = simulatedTime(STARTS_AT);
  const broken = { router: false, app: false };
  const inForce = automation.parse(rules);
  const requestedAt: number[] = [];
  const attempts: Attempt[] = [];
  const lines: LogLine[] = [];
  const worked: string[] = [];
  const requests: number[] = [];
  const life = processLife(options.killAt);
  const log = (line: LogLine) => void lines.push(line);

  const eventGrid = createEventGrid({
    clock: time.emulator,
    newId: seededIds(`${seed}/events`),
    random: seededRandom(`${seed}/events`),
    send: (request) => deliver(request),
  });
  const router = createRouter({
    startEngine: (ports, saved) => createRouterEngine({ ...ports, parseExpression }, noDelays, saved),
    clock: time.emulator,
    newId: seededIds(`${seed}/router`),
    random: seededRandom(`${seed}/router`),
    onFact: eventGrid.publish,
  });

  const random = seededRandom(`${seed}/app`);
  const means = { clock: time.app, chance: { next: random }, budget: createRequestBudget(time.app, quota) };
  const client = inProcessClient(router, time.emulator, (_request, carryOut) =>
    life.leave(async () => {
      requestedAt.push(time.emulator.now());
      if (broken.router) throw new Error('connect ECONNREFUSED');
      return carryOut();
    }),
  );
  const queue = simulatedQueue(time, (deferral) =>
    life.serve(
      async () => {
        await settleDeferral(deferral, { app, log, leaveToHost: () => {} });
        return 'settled' as const;
      },
      () => 'lost' as const,
    ),
  );
  const parked = parkedQueue(time, life);
  const endpoint = { answer: options.work ?? ({ kind: 'done' } as const) };
  const app = testApp({
    automation: async () => inForce,
    park: parkIn(parked.queue),
    parked: parked.queue,
    router: createAcsJobRouter({
      ...means,
      open: async () => client,
      watch: (attempt) => attempts.push(attempt),
    }),
    deferrals: { put: (deferral, notBefore) => life.leave(() => queue.put(deferral, notBefore)) },
    work: {
      call: ({ assignmentId }) =>
        life.leave(async () => {
          worked.push(assignmentId);
          return endpoint.answer;
        }),
    },
    clock: time.app,
  });
  const untouched = inProcessClient(router, time.emulator);
  const outside = createAcsJobRouter({
    ...means,
    budget: createRequestBudget(time.app, 1_000_000),
    open: async () => untouched,
  });

  const receive: Send = async ({ headers, body = '' }) => {
    if (broken.app) throw new NoAnswer('SocketError', 'connect ECONNREFUSED');
    const events = JSON.parse(body);
    if (headers['aeg-event-type'] !== 'Notification') {
      return answer(200, { validationResponse: events[0].data.validationCode });
    }
    requests.push(events.length);
    const { status = 200 } = await life.serve(
      () => answerDelivery(events, { app, log, leaveToHost: () => {} }),
      () => {
        throw new NoAnswer('SocketError', 'read ECONNRESET');
      },
    );
    return answer(status, {});
  };
  const deliver = maxEventsPerBatch > 1 ? inBatches(receive, maxEventsPerBatch, time) : receive;
  if (options.isSubscribed ?? true) {
    const subscribed = eventGrid.subscribe({ name: 'app', endpoint: 'https://app.test/events' });
    await time.settle();
    await subscribed;
  }

  let reconciler = createReconciler();
  const reconcile = (runs: number) => {
    if (runs === 0) return;
    time.emulator.at(secondsAfter(time.emulator.now(), TIMER_SECONDS), () => reconcile(runs - 1));
    if (broken.app) return;
    void life.serve(
      async () => void (await reconciler.run({ app, log })),
      () => {
        reconciler = createReconciler();
      },
    );
  };
  const succeed = async (asked: PromiseLike<{ readonly status: string }>): Promise<void> => {
    const { status } = await asked;
    if (!status.startsWith('2')) throw new Error(`The router answered ${status}`);
  };
  return {
    patch: (path, body) =>
      succeed(untouched.path(path).patch({ body, contentType: 'application/merge-patch+json' })),
    post: (path) => succeed(untouched.path(path).post()),
    time,
    router,
    eventGrid,
    app,
    outside,
    automation: inForce,
    requestedAt,
    attempts,
    lines,
    worked,
    requests,
    parkedEvents: parked.events,
    endpoint,
    resendParkedEvents: () =>
      life.serve(
        async () => void (await resendParked(parked.queue, MOST_MESSAGES, { app, log })),
        () => {},
      ),
    calls: life.calls,
    broken,
    reconcileByTimer: (runs = Number.POSITIVE_INFINITY) => reconcile(runs),
  };
}

const answer = (status: number, body: object) => ({ status, headers: {}, body: JSON.stringify(body) });
