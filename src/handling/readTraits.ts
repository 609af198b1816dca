/**
 * Asks the router for the traits that an event does not tell and a rule needs. State lives in the router: the
 * app remembers nothing between events, so it reads again.
 */
import type { JobTraits, TraitName } from '../automation/jobTraits.ts';
import type { RouterEvent } from '../events/routerEvent.ts';
import { idFrom, type WorkerId } from '../jobRouter/ids.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import type { Job } from '../jobRouter/wire.ts';
import { type Ignored, mustRetry, type NotDone, refusedForGood } from '../outcome.ts';

/** The traits, or what becomes of an event whose rule cannot be chosen without them. */
export type TraitsRead =
  | { readonly kind: 'traits'; readonly traits: JobTraits }
  /** Without them no rule can be chosen, and the event ends here. */
  | { readonly kind: 'unknown'; readonly outcome: NotDone };

/** The traits told so far and those missing. A trait that the router does not know either stays absent. */
export async function readTraits(
  event: RouterEvent,
  told: JobTraits,
  missing: ReadonlySet<TraitName>,
  router: JobRouter,
): Promise<TraitsRead> {
  if (missing.size === 0) return { kind: 'traits', traits: told };
  const { jobId } = event.data;
  const job = await router.getJob(jobId);
  if (job.kind === 'unavailable') return stillUnknown(mustRetry(job));
  if (job.kind === 'refused')
    return stillUnknown(job.reason === 'notFound' ? gone(jobId) : refusedForGood(job));

  const traits: JobTraits = {
    channel: told.channel ?? job.value.channelId,
    queue: told.queue ?? job.value.queueId,
    priority: told.priority ?? job.value.priority,
    jobLabels: told.jobLabels ?? job.value.labels,
    workerLabels: told.workerLabels,
  };
  const workerId = workerOf(event, job.value);
  if (!missing.has('workerLabels') || workerId === undefined) return { kind: 'traits', traits };
  return withWorkerLabels(traits, workerId, router);
}

async function withWorkerLabels(
  traits: JobTraits,
  workerId: WorkerId,
  router: JobRouter,
): Promise<TraitsRead> {
  const worker = await router.getWorker(workerId);
  if (worker.kind === 'unavailable') return stillUnknown(mustRetry(worker));
  if (worker.kind === 'refused') {
    return stillUnknown(worker.reason === 'notFound' ? gone(workerId) : refusedForGood(worker));
  }
  return { kind: 'traits', traits: { ...traits, workerLabels: worker.value.labels } };
}

/** The event's worker, else the one who was last assigned; a job cancelled while it waited has none. */
function workerOf({ data }: RouterEvent, { assignments = {} }: Job): WorkerId | undefined {
  if ('workerId' in data && data.workerId !== undefined) return data.workerId;
  const last = Object.values(assignments).at(-1)?.workerId;
  return last === undefined ? undefined : idFrom<WorkerId>(last);
}

const stillUnknown = (outcome: NotDone): TraitsRead => ({ kind: 'unknown', outcome });
const gone = (id: string): Ignored => ({
  kind: 'ignored',
  reason: `${id} is gone, and which rule applies depends on it`,
});
