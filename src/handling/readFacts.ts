/**
 * Asks the router for the facts that an event does not tell and a rule needs. State lives in the router: the
 * app remembers nothing between events, so it reads again.
 */
import type { FactName, Facts } from '../automation/facts.ts';
import type { RouterEvent } from '../events/routerEvent.ts';
import { idFrom, type WorkerId } from '../jobRouter/ids.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import type { Job } from '../jobRouter/wire.ts';
import { mustRetry, type Outcome, refusedForGood } from '../outcome.ts';

export type FactsRead =
  | { readonly kind: 'facts'; readonly facts: Facts }
  /** Without them no rule can be chosen, and the event ends here. */
  | { readonly kind: 'untold'; readonly outcome: Outcome };

/** The facts told so far and those missing. A fact that the router does not know either stays absent. */
export async function readFacts(
  event: RouterEvent,
  told: Facts,
  missing: ReadonlySet<FactName>,
  router: JobRouter,
): Promise<FactsRead> {
  if (missing.size === 0) return { kind: 'facts', facts: told };
  const { jobId } = event.data;
  const job = await router.getJob(jobId);
  if (job.kind === 'unavailable') return untold(mustRetry(job));
  if (job.kind === 'refused') return untold(job.reason === 'notFound' ? gone(jobId) : refusedForGood(job));

  const facts: Facts = {
    channel: told.channel ?? job.value.channelId,
    queue: told.queue ?? job.value.queueId,
    priority: told.priority ?? job.value.priority,
    jobLabels: told.jobLabels ?? job.value.labels,
    workerLabels: told.workerLabels,
  };
  const workerId = workerOf(event, job.value);
  if (!missing.has('workerLabels') || workerId === undefined) return { kind: 'facts', facts };
  return withWorkerLabels(facts, workerId, router);
}

async function withWorkerLabels(facts: Facts, workerId: WorkerId, router: JobRouter): Promise<FactsRead> {
  const worker = await router.getWorker(workerId);
  if (worker.kind === 'unavailable') return untold(mustRetry(worker));
  if (worker.kind === 'refused') {
    return untold(worker.reason === 'notFound' ? gone(workerId) : refusedForGood(worker));
  }
  return { kind: 'facts', facts: { ...facts, workerLabels: worker.value.labels } };
}

/** The event's worker, else the one who was last assigned; a job cancelled while it waited has none. */
function workerOf({ data }: RouterEvent, { assignments = {} }: Job): WorkerId | undefined {
  if ('workerId' in data && data.workerId !== undefined) return data.workerId;
  const last = Object.values(assignments).at(-1)?.workerId;
  return last === undefined ? undefined : idFrom<WorkerId>(last);
}

const untold = (outcome: Outcome): FactsRead => ({ kind: 'untold', outcome });
const gone = (id: string): Outcome => ({
  kind: 'ignored',
  reason: `${id} is gone, and which rule applies depends on it`,
});
