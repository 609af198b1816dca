/**
 * Asks the router for the traits that an event does not tell and a rule needs. State lives in the router: the
 * app remembers nothing between events, so it reads again.
 */
import type { JobTraits, TraitName } from '../automation/jobTraits.ts';
import type { RouterEvent } from '../events/routerEvent.ts';
import { idFrom, type JobId, type WorkerId } from '../jobRouter/ids.ts';
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
  const needsWorker = missing.has('workerLabels');
  const needsJob = [...missing].some((name) => name !== 'workerLabels') || told.workerId === undefined;
  const jobId = 'jobId' in event.data ? event.data.jobId : undefined;
  const ofJob =
    missing.size > 0 && needsJob && jobId !== undefined
      ? await withJobTraits(event, jobId, told, router)
      : ({ kind: 'traits', traits: told } as const);
  if (ofJob.kind === 'unknown' || !needsWorker) return ofJob;
  const { workerId } = ofJob.traits;
  return workerId === undefined ? ofJob : withWorkerLabels(ofJob.traits, workerId, router);
}

async function withJobTraits(
  event: RouterEvent,
  jobId: JobId,
  told: JobTraits,
  router: JobRouter,
): Promise<TraitsRead> {
  const job = await router.getJob(jobId);
  if (job.kind === 'unavailable') return stillUnknown(mustRetry(job));
  if (job.kind === 'refused') {
    return stillUnknown(job.reason === 'notFound' ? gone(jobId) : refusedForGood(job));
  }
  const { channelId, queueId, priority, labels = {} } = job.value;
  const assignment = assignmentOf(event, job.value);
  const traits: JobTraits = {
    channel: told.channel ?? channelId,
    queue: told.queue ?? queueId,
    priority: told.priority ?? priority,
    jobLabels: told.jobLabels ?? labels,
    workerId: told.workerId ?? idOf(assignment?.workerId),
    workerLabels: told.workerLabels,
    begunAt: told.begunAt ?? instantOf(assignment?.assignedAt) ?? event.eventTime,
  };
  return { kind: 'traits', traits };
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
  return { kind: 'traits', traits: { ...traits, workerLabels: worker.value.labels ?? {} } };
}

/** The event's own, else the last; a job cancelled while it waited has none. */
function assignmentOf({ data }: RouterEvent, { assignments = {} }: Job) {
  const named = 'assignmentId' in data ? data.assignmentId : undefined;
  return (named === undefined ? undefined : assignments[named]) ?? Object.values(assignments).at(-1);
}

const idOf = (workerId: string | undefined): WorkerId | undefined =>
  workerId === undefined ? undefined : idFrom<WorkerId>(workerId);

function instantOf(text: string | undefined): Date | undefined {
  const instant = new Date(text ?? '');
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

const stillUnknown = (outcome: NotDone): TraitsRead => ({ kind: 'unknown', outcome });
const gone = (id: string): Ignored => ({
  kind: 'ignored',
  reason: `${id} is gone, and which rule applies depends on it`,
});
