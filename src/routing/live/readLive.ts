import type { Refused, Unavailable } from '../../jobRouter/answer.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import { type AnyResource, type ResourceKind, resourceKinds } from '../../jobRouter/resources.ts';
import type { Live, LiveResource, Unread } from '../model.ts';
import { unmarked } from '../ownership.ts';
import { listAll } from './listAll.ts';
import { findJobs, listOpenJobs } from './readJobs.ts';

/** What is to be known of jobs. A router keeps ended ones for 90 days, so all of them may be very many. */
export type JobsWanted =
  | {
      /** Those that have not ended. */
      readonly open: boolean;
      /** And the ones with these ids, whatever has become of them. */
      readonly ids: readonly string[];
    }
  | 'all';

/** Resources that were read, and what it took. */
export interface Read {
  readonly resources: readonly AnyResource[];
  readonly unread: number;
  readonly calls: number;
}

/** A list or a resource that could not be read. */
export interface ReadFailure {
  readonly subject: string;
  readonly answer: Refused | Unavailable;
}

/** Reads what the router holds: all kinds at once, page after page. */
export async function readLive(
  router: JobRouter,
  jobs: JobsWanted,
): Promise<{ readonly kind: 'read'; readonly live: Live } | Unread> {
  const reads = await Promise.all(resourceKinds.map((kind) => readKind(router, kind, jobs)));
  const failed = reads.find((read) => 'answer' in read);
  if (failed) return { kind: 'unread', ...failed };
  const read = reads.flatMap((one) => ('answer' in one ? [] : [one]));
  const resourcesOf = (kind: ResourceKind) => toMap(kind, read[resourceKinds.indexOf(kind)]?.resources ?? []);
  return {
    kind: 'read',
    live: {
      resources: {
        distributionPolicies: resourcesOf('distributionPolicies'),
        classificationPolicies: resourcesOf('classificationPolicies'),
        exceptionPolicies: resourcesOf('exceptionPolicies'),
        queues: resourcesOf('queues'),
        workers: resourcesOf('workers'),
        jobs: resourcesOf('jobs'),
      },
      unread: read.reduce((sum, { unread }) => sum + unread, 0),
      calls: read.reduce((sum, { calls }) => sum + calls, 0),
    },
  };
}

async function readKind(
  router: JobRouter,
  kind: ResourceKind,
  jobs: JobsWanted,
): Promise<Read | ReadFailure> {
  if (kind !== 'jobs' || jobs === 'all') return listAll(router, kind);
  const open = jobs.open ? await listOpenJobs(router) : nothingRead;
  if ('answer' in open) return open;
  const known = new Set(open.resources.map(({ id }) => id));
  const found = await findJobs(
    router,
    jobs.ids.filter((id) => !known.has(id)),
  );
  if ('answer' in found) return found;
  return {
    resources: [...open.resources, ...found.resources],
    unread: open.unread + found.unread,
    calls: open.calls + found.calls,
  };
}

const nothingRead: Read = { resources: [], unread: 0, calls: 0 };

const toMap = (kind: ResourceKind, resources: readonly AnyResource[]): ReadonlyMap<string, LiveResource> =>
  new Map(resources.map((resource) => [resource.id, liveResource(kind, resource)]));

/** A resource as it was answered, its owner taken off. */
export function liveResource(kind: ResourceKind, { id, etag, ...held }: AnyResource): LiveResource {
  const { owner, content } = unmarked(kind, held);
  return { kind, id, etag, owner, content };
}
