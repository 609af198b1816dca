/** Jobs that wait for workers, and would wait for ever: nobody who could serve them now could afterwards. */
import * as z from 'zod';
import { satisfiesAll } from '../../jobRouter/labelComparison.ts';
import { entriesOf, membersOf } from '../compare/shape.ts';
import { todaysSpelling } from '../compare/todaysSpelling.ts';
import type { Consequence, Content } from '../model.ts';
import type { World } from './deletions.ts';

/** In these a job waits for a worker, or is about to. */
const waitingStatuses: readonly unknown[] = ['created', 'queued'];

/** @param now as the router is; @param later as it would be. */
export function consequencesOf(now: World, later: World): readonly Consequence[] {
  const [servants, laterServants] = [workersByQueue(now), workersByQueue(later)];
  return [...now.jobs].flatMap(([jobId, job]) => {
    const then = later.jobs.get(jobId);
    if (!then || !waitingStatuses.includes(job.status)) return [];
    const workerIds = whoServes(job, servants, now).map(({ id }) => id);
    if (workerIds.length === 0) return [];
    const remain = whoServes(then, laterServants, later).some(
      ({ id, worker }) => !isSwitchedOff(now.workers.get(id), worker),
    );
    return remain ? [] : [lossOf(jobId, String(then.queueId), workerIds)];
  });
}

const lossOf = (jobId: string, queueId: string, workerIds: readonly string[]): Consequence => ({
  kind: 'jobLosesWorkers',
  jobId,
  queueId,
  workerIds,
  detail: `Job ${jobId} waits in queue ${queueId} and would have no worker left who could serve it; now ${workerIds.length === 1 ? `only ${workerIds[0]} can` : `${workerIds.length} can`}`,
});

/** A worker who is merely away may come back; one whom the document switches off does not. */
const isSwitchedOff = (before: Content | undefined, after: Content): boolean =>
  before?.availableForOffers === true && after.availableForOffers !== true;

interface Servant {
  readonly id: string;
  readonly worker: Content;
}

function workersByQueue({ workers }: World): ReadonlyMap<unknown, readonly Servant[]> {
  const places = [...workers].flatMap(([id, worker]) =>
    entriesOf(worker.queues).map((queueId) => ({ queueId, id, worker })),
  );
  return Map.groupBy(places, ({ queueId }) => queueId);
}

const selector = z.object({
  key: z.string(),
  labelOperator: z.preprocess(
    todaysSpelling,
    z.enum(['equal', 'notEqual', 'lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual']),
  ),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  status: z.string().optional(),
});

/** Selectors that count. One that does not read is left out: it must not make a job look lost. */
const selectorsOf = (value: unknown) =>
  entriesOf(value)
    .flatMap((entry) => selector.safeParse(entry).data ?? [])
    .filter(({ status }) => status !== 'expired');

function whoServes(
  job: Content,
  byQueue: ReadonlyMap<unknown, readonly Servant[]>,
  world: World,
): readonly Servant[] {
  const selectors = bypassesSelectors(job, world)
    ? []
    : [...selectorsOf(job.requestedWorkerSelectors), ...selectorsOf(job.attachedWorkerSelectors)];
  return (byQueue.get(job.queueId) ?? []).filter(
    ({ worker }) => hasChannel(worker, job.channelId) && satisfiesAll(membersOf(worker.labels), selectors),
  );
}

function bypassesSelectors({ queueId }: Content, { queues, distributionPolicies }: World): boolean {
  const { distributionPolicyId } = queues.get(String(queueId)) ?? {};
  const { mode } = distributionPolicies.get(String(distributionPolicyId)) ?? {};
  return membersOf(mode).bypassSelectors === true;
}

/** Whether the worker takes jobs of the channel at all. What it has taken on already will end. */
const hasChannel = ({ channels, capacity }: Content, channelId: unknown): boolean =>
  entriesOf(channels).some((entry) => {
    const channel = membersOf(entry);
    const cost = channel.capacityCostPerJob;
    const fits = typeof cost !== 'number' || typeof capacity !== 'number' || cost <= capacity;
    return channel.channelId === channelId && fits;
  });
