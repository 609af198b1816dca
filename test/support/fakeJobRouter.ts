/**
 * A Job Router of one job and one worker that answers as the service does: each move once, 404 for what is
 * gone, 400 for what the status does not allow. A story may put other answers in front of it. Calls are repeated as
 * the app's own client repeats them, with half of the longest pause each time.
 */
import * as z from 'zod';
import type { Refused, RouterAnswer, Unavailable } from '../../src/jobRouter/answer.ts';
import { CALL_LIMIT_MILLISECONDS, endOfCall } from '../../src/jobRouter/callLimit.ts';
import { idFrom } from '../../src/jobRouter/ids.ts';
import type { JobRouter, WorkerUpdate } from '../../src/jobRouter/jobRouter.ts';
import { readAnswer, refusal } from '../../src/jobRouter/readAnswer.ts';
import { untilAnswered } from '../../src/jobRouter/untilAnswered.ts';
import { type Job, labels, type Worker } from '../../src/jobRouter/wire.ts';
import type { FakeClock } from './fakeClock.ts';

const scriptedStatus = z.strictObject({
  status: z.int().min(400),
  code: z.string().default(''),
  message: z.string().default(''),
  retryAfterSeconds: z.number().optional(),
});

const scriptedAnswer = z.union([
  /** Nothing was done and nothing was heard for ten seconds. */
  z.literal('timeout'),
  /** It was done, and the answer did not arrive. */
  z.literal('answerLost'),
  scriptedStatus,
]);

const operation = z.enum([
  'acceptOffer',
  'completeAssignment',
  'closeAssignment',
  'unassignJob',
  'deleteJob',
  'updateJob',
  'updateWorker',
  'getJob',
  'getWorker',
]);
type Operation = z.infer<typeof operation>;

export const routerState = z.strictObject({
  job: z
    .enum([
      'waitingForActivation',
      'classificationFailed',
      'offered',
      'assigned',
      'completed',
      'closed',
      'cancelled',
      'gone',
    ])
    .default('offered'),
  jobId: z.string().default('job-1'),
  offerId: z.string().default('0f0e1d2c-0001-4000-8000-00000000000a'),
  priority: z.int().optional(),
  jobLabels: labels.optional(),
  workerLabels: labels.optional(),
  workerTags: labels.optional(),
  workerIsAvailable: z.boolean().optional(),
  /** Given first, one per call, before the router answers by itself. */
  answers: z.partialRecord(operation, z.array(scriptedAnswer)).default({}),
});
export type RouterState = z.input<typeof routerState>;

export interface FakeJobRouter extends JobRouter {
  /** Every call in order, as `operation argument argument`. */
  readonly calls: readonly string[];
}

const workerId = 'worker-1';
const assignmentId = '0f0e1d2c-0002-4000-8000-00000000000b';

export function fakeJobRouter(state: RouterState, clock: FakeClock): FakeJobRouter {
  const { offerId, jobId, priority, jobLabels, workerLabels, workerTags, workerIsAvailable, answers } =
    routerState.parse(state);
  let { job } = routerState.parse(state);
  let wasAssigned = ['assigned', 'completed', 'closed'].includes(job);
  let completedAt = ['completed', 'closed'].includes(job) ? clock.now() : undefined;
  let closedAt = job === 'closed' ? clock.now() : undefined;
  const calls: string[] = [];

  /** Notes the call, then gives the scripted answer or the router's own. */
  async function attempt<Value>(
    name: Operation,
    told: readonly unknown[],
    itself: () => RouterAnswer<Value>,
  ): Promise<RouterAnswer<Value>> {
    calls.push([name, ...told.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))].join(' '));
    const scripted = answers[name]?.shift();
    if (scripted === undefined) return itself();
    if (typeof scripted !== 'string') return scriptedRefusal(scripted, clock.now());
    if (scripted === 'answerLost') itself();
    clock.elapse(CALL_LIMIT_MILLISECONDS);
    return noAnswer;
  }

  let worker: Worker = {
    id: workerId,
    ...(workerLabels && { labels: workerLabels }),
    ...(workerTags && { tags: workerTags }),
    ...(workerIsAvailable !== undefined && { availableForOffers: workerIsAvailable }),
  };

  function changeWorker({ labels: _, tags = {}, ...members }: WorkerUpdate): Worker {
    const kept = Object.entries({ ...worker.tags, ...tags }).filter(([, tag]) => tag !== null);
    worker = { ...worker, ...members, tags: labels.parse(Object.fromEntries(kept)) };
    return worker;
  }

  function view(): Job {
    const times = {
      assignedAt: clock.now().toISOString(),
      ...(completedAt && { completedAt: completedAt.toISOString() }),
      ...(closedAt && { closedAt: closedAt.toISOString() }),
    };
    return {
      id: jobId,
      status: job === 'offered' ? 'queued' : job,
      channelId: 'voice',
      queueId: 'queue-1',
      assignments: wasAssigned ? { [assignmentId]: { assignmentId, workerId, ...times } } : {},
      ...(priority !== undefined && { priority }),
      ...(jobLabels && { labels: jobLabels }),
    };
  }

  const isHere = (id: string) => id === jobId && job !== 'gone';
  const hasAssignment = (id: string, assignment: string) =>
    isHere(id) && wasAssigned && assignment === assignmentId;

  const routerUntil = (end?: Date, patience?: number): FakeJobRouter => {
    const answer = <Value>(name: Operation, told: readonly unknown[], itself: () => RouterAnswer<Value>) =>
      untilAnswered(
        () => attempt(name, told, itself),
        { end: endOfCall(clock.now(), end), patience },
        { clock, chance },
      );
    return routerThat(answer);
  };

  const routerThat = (answer: Answer): FakeJobRouter => ({
    calls,
    until: routerUntil,
    inLane: () => routerThat(answer),
    acceptOffer: (worker, offer) =>
      answer('acceptOffer', [worker, offer], () => {
        if (job !== 'offered' || worker !== workerId || offer !== offerId) return notFound('Offer not found');
        job = 'assigned';
        wasAssigned = true;
        return ok({ assignmentId: idFrom(assignmentId), jobId: idFrom(jobId), workerId: worker });
      }),
    completeAssignment: (id, assignment) =>
      answer('completeAssignment', [id, assignment], () => {
        if (!hasAssignment(id, assignment)) return notFound('Assignment not found');
        if (job !== 'assigned') return wrongStatus(job);
        job = 'completed';
        completedAt = clock.now();
        return ok(undefined);
      }),
    closeAssignment: (id, assignment, options) =>
      answer('closeAssignment', [id, assignment, options], () => {
        if (!hasAssignment(id, assignment)) return notFound('Assignment not found');
        if (job !== 'completed') return wrongStatus(job);
        if (options.closeAt !== undefined && options.closeAt > clock.now()) return ok(undefined);
        job = 'closed';
        closedAt = clock.now();
        return ok(undefined);
      }),
    unassignJob: (id, assignment) =>
      answer('unassignJob', [id, assignment], () => {
        if (!hasAssignment(id, assignment)) return notFound('Assignment not found');
        if (job !== 'assigned') return wrongStatus(job);
        job = 'offered';
        wasAssigned = false;
        return ok(undefined);
      }),
    updateJob: (id, update) =>
      answer('updateJob', [id, update], () => {
        if (!isHere(id)) return notFound('Job not found');
        if (job === 'waitingForActivation' || job === 'classificationFailed') job = 'offered';
        return ok(view());
      }),
    updateWorker: (id, update) =>
      answer('updateWorker', [id, update], () =>
        id === workerId ? ok(changeWorker(update)) : notFound('Worker not found'),
      ),
    deleteJob: (id) =>
      answer('deleteJob', [id], () => {
        if (isHere(id) && job !== 'closed' && job !== 'cancelled') return wrongStatus(job);
        job = 'gone';
        return ok(undefined);
      }),
    getJob: (id) => answer('getJob', [id], () => (isHere(id) ? ok(view()) : notFound('Job not found'))),
    getWorker: (id) =>
      answer('getWorker', [id], () => (id === workerId ? ok(worker) : notFound('Worker not found'))),
    cancelJob: notAsked,
    reclassifyJob: notAsked,
    getJobPosition: notAsked,
    getQueueStatistics: notAsked,
    resources: notAsked,
    getQueue: notAsked,
    getDistributionPolicy: notAsked,
    upsertDistributionPolicy: notAsked,
    upsertQueue: notAsked,
    upsertWorker: notAsked,
    upsertJob: notAsked,
    listJobs: notAsked,
    listWorkers: notAsked,
    ping: notAsked,
  });
  return routerUntil();
}

type Answer = <Value>(
  name: Operation,
  told: readonly unknown[],
  itself: () => RouterAnswer<Value>,
) => Promise<RouterAnswer<Value>>;

const chance = { next: () => 0.5 };

const ok = <Value>(value: Value): RouterAnswer<Value> => ({ kind: 'ok', status: 200, value });
const noAnswer: Unavailable = { kind: 'unavailable', message: 'no answer within 10 s' };
const notFound = (message: string): Refused => refusal(404, { code: 'NotFound', message });
const wrongStatus = (status: string): Refused =>
  refusal(400, { code: 'BadRequest', message: `The job is ${status}` });

/** What the port makes of such an answer. */
function scriptedRefusal(answer: z.infer<typeof scriptedStatus>, now: Date): Refused | Unavailable {
  const { status, code, message, retryAfterSeconds } = answer;
  const headers =
    retryAfterSeconds === undefined ? {} : { 'retry-after-ms': `${Math.round(retryAfterSeconds * 1000)}` };
  const heard = { kind: 'answered', status, headers, body: { error: { code, message } } } as const;
  const read = readAnswer(heard, z.never(), now);
  if (read.kind === 'ok') throw new Error(`${status} is no refusal`);
  return read;
}

function notAsked(): never {
  throw new Error('Handling an event never asks this of the router');
}
