/**
 * Brings automated workers back on duty and respects those that signed off. Both read the worker, ask `duty.ts` for the
 * verdict, and write under the ETag they read, so that two at once cannot both have their way.
 */
import type { RespectSignOff, RestoreWorker } from '../automation/decision.ts';
import { type Duty, dutyFrom, dutyTags, mayReturn, whySignedOff, withExpiry } from '../automation/duty.ts';
import type { WorkerId } from '../jobRouter/ids.ts';
import type { WorkerUpdate } from '../jobRouter/jobRouter.ts';
import type { Worker } from '../jobRouter/wire.ts';
import { mustRetry, type Outcome, refusedForGood } from '../outcome.ts';
import type { Means } from './perform.ts';

type WorkerMeans = Pick<Means, 'router' | 'clock'>;

/** Somebody else writes the worker at the same moment seldom, and hardly three times. */
const MOST_READINGS = 3;

/** Brings the worker back, unless it is back, signed off by itself, or came back too often. */
export function restoreWorker(action: RestoreWorker, means: WorkerMeans): Promise<Outcome> {
  const { workerId, since, by } = action;
  return settle(workerId, means, (worker, duty, now) => {
    const verdict = mayReturn(duty, worker.availableForOffers ?? false, since, by, now);
    const trace = since === undefined ? undefined : expiryTrace(duty, since);
    switch (verdict.kind) {
      case 'bringBack':
        return {
          update: {
            availableForOffers: true,
            tags: { ...trace, [dutyTags.signedOffAt]: null, [dutyTags.returns]: written(verdict.returns) },
          },
          outcome: { kind: 'done' },
        };
      case 'isBack':
        return { ...traced(trace), outcome: { kind: 'alreadyDone', reason: `${workerId} is available` } };
      case 'leave':
        return {
          ...traced(trace),
          outcome: { kind: 'ignored', reason: `${workerId} stays off duty: ${verdict.reason}` },
        };
    }
  });
}

/** Keeps in mind that the worker signed off by itself, unless an expired offer explains it. */
export function respectSignOff(action: RespectSignOff, means: WorkerMeans): Promise<Outcome> {
  const { workerId, since } = action;
  return settle(workerId, means, (worker, duty, now) => {
    const verdict = whySignedOff(duty, worker.availableForOffers ?? false, since, now);
    const tags = { [dutyTags.signedOffAt]: since.toISOString() };
    switch (verdict.kind) {
      case 'note':
        return { update: { tags }, outcome: { kind: 'done' } };
      case 'undoReturn':
        return { update: { availableForOffers: false, tags }, outcome: { kind: 'done' } };
      case 'wait':
        return {
          outcome: {
            kind: 'mustRetry',
            cause: `an expired offer may yet explain why ${workerId} went off duty`,
            retryAfterSeconds: verdict.seconds,
          },
        };
      case 'settled':
        return { outcome: { kind: 'ignored', reason: `${workerId} is left as it is: ${verdict.reason}` } };
    }
  });
}

/** What to write, if anything, and what the event comes to once it is written. */
interface Settlement {
  readonly update?: WorkerUpdate;
  readonly outcome: Outcome;
}

/** Reads the worker and does what `judge` says; reads again where somebody else wrote in between. */
async function settle(
  workerId: WorkerId,
  { router, clock }: WorkerMeans,
  judge: (worker: Worker, duty: Duty, now: Date) => Settlement,
): Promise<Outcome> {
  for (let reading = 1; reading <= MOST_READINGS; reading += 1) {
    const read = await router.getWorker(workerId);
    if (read.kind === 'unavailable') return mustRetry(read);
    if (read.kind === 'refused') {
      return read.reason === 'notFound'
        ? { kind: 'ignored', reason: `${workerId} is gone` }
        : refusedForGood(read);
    }
    const { update, outcome } = judge(read.value, dutyFrom(read.value.tags), read.answeredAt ?? clock.now());
    if (update === undefined) return outcome;
    const condition = read.value.etag === undefined ? {} : { ifMatch: read.value.etag };
    const written = await router.updateWorker(workerId, update, condition);
    if (written.kind === 'ok') return outcome;
    if (written.kind === 'unavailable') return mustRetry(written);
    if (written.reason !== 'changed') return refusedForGood(written);
  }
  return { kind: 'mustRetry', cause: `${workerId} is being changed by somebody else`, retryAfterSeconds: 1 };
}

/** The tag that explains the RouterWorkerDeregistered of the same moment; nothing when it is there. */
function expiryTrace(duty: Duty, since: Date): WorkerUpdate['tags'] {
  const expiries = withExpiry(duty, since);
  return expiries && { [dutyTags.offersExpiredAt]: written(expiries) };
}

const traced = (tags: WorkerUpdate['tags']): Pick<Settlement, 'update'> =>
  tags === undefined ? {} : { update: { tags } };

const written = (instants: readonly Date[]): string => instants.map((at) => at.toISOString()).join(' ');
