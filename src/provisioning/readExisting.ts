import type { Refused, RouterAnswer, Unavailable } from '../jobRouter/answer.ts';
import { idFrom } from '../jobRouter/ids.ts';
import { CALLS_AT_ONCE, inParallel } from '../jobRouter/inParallel.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import type { DistributionPolicy, Job, Queue, Worker } from '../jobRouter/wire.ts';
import type { Existing } from './plan.ts';
import type { ResourceKind, RoutingDocument } from './routingDocument.ts';

type ResourceName = { readonly kind: ResourceKind; readonly id: string };

type Found<Resource> =
  | { readonly kind: 'found'; readonly found: ReadonlyMap<string, Resource> }
  | { readonly kind: 'failed'; readonly resource: ResourceName; readonly answer: Refused | Unavailable };

/** What the router holds, or the resource at which asking failed. */
export type ExistingRead =
  | { readonly kind: 'read'; readonly existing: Existing }
  | { readonly kind: 'failed'; readonly resource: ResourceName; readonly answer: Refused | Unavailable };

/**
 * Asks the router for every resource the document declares or refers to, one by one: a router may hold far
 * more than one document names, so lists would cost more.
 */
export async function readExisting(
  router: JobRouter,
  document: RoutingDocument,
  references: readonly ResourceName[],
): Promise<ExistingRead> {
  const idsOf = (kind: ResourceKind): ReadonlySet<string> =>
    new Set([
      ...document[kind].map(({ id }) => id),
      ...references.filter((reference) => reference.kind === kind).map(({ id }) => id),
    ]);

  const distributionPolicies = await find<DistributionPolicy>(
    'distributionPolicies',
    idsOf('distributionPolicies'),
    (id) => router.getDistributionPolicy(idFrom(id)),
  );
  if (distributionPolicies.kind === 'failed') return distributionPolicies;
  const queues = await find<Queue>('queues', idsOf('queues'), (id) => router.getQueue(idFrom(id)));
  if (queues.kind === 'failed') return queues;
  const workers = await find<Worker>('workers', idsOf('workers'), (id) => router.getWorker(idFrom(id)));
  if (workers.kind === 'failed') return workers;
  const jobs = await find<Job>('jobs', idsOf('jobs'), (id) => router.getJob(idFrom(id)));
  if (jobs.kind === 'failed') return jobs;

  return {
    kind: 'read',
    existing: {
      distributionPolicies: distributionPolicies.found,
      queues: queues.found,
      workers: workers.found,
      jobs: jobs.found,
    },
  };
}

async function find<Resource>(
  kind: ResourceKind,
  ids: ReadonlySet<string>,
  get: (id: string) => Promise<RouterAnswer<Resource>>,
): Promise<Found<Resource>> {
  const answers = await inParallel([...ids], CALLS_AT_ONCE, async (id) => ({ id, answer: await get(id) }));
  const found = new Map<string, Resource>();
  for (const { id, answer } of answers) {
    if (answer.kind === 'ok') found.set(id, answer.value);
    else if (answer.kind === 'unavailable' || answer.reason !== 'notFound') {
      return { kind: 'failed', resource: { kind, id }, answer };
    }
  }
  return { kind: 'found', found };
}
