/** The resources that are read and written alike: where each is, and how it reads. */
import * as z from 'zod';
import type { Page } from './jobRouter.ts';
import { pageOf } from './pages.ts';
import type { RestClient } from './restClient.ts';
import { distributionPolicy, job, jobPosition, queue, queueStatistics, worker } from './wire.ts';

/** A kind of resource. */
export interface Kind<Resource> {
  /** The path of its list, without the id of one. */
  readonly list: `/routing/${string}`;
  readonly at: (client: RestClient, id: string) => ReturnType<RestClient['path']>;
  readonly schema: z.ZodType<Resource>;
  /** A page of the list. */
  readonly page: z.ZodType<Page<Resource>>;
}

const kind = <Resource>(list: Kind<Resource>['list'], schema: z.ZodType<Resource>): Kind<Resource> => ({
  list,
  at: ({ path }, id) => path(`${list}/{id}`, id),
  schema,
  page: pageOf(list, schema),
});

export const policies = kind('/routing/distributionPolicies', distributionPolicy);
export const queues = kind('/routing/queues', queue);
export const workers = kind('/routing/workers', worker);
export const jobs = kind('/routing/jobs', job);

/** What is told about a resource beside itself. */
const detail = <Detail>(
  list: Kind<Detail>['list'],
  part: 'position' | 'statistics',
  schema: z.ZodType<Detail>,
): Pick<Kind<Detail>, 'at' | 'schema'> => ({
  at: ({ path }, id) => path(`${list}/{id}/${part}`, id),
  schema,
});

export const jobPositions = detail('/routing/jobs', 'position', jobPosition);
export const statisticsOfQueues = detail('/routing/queues', 'statistics', queueStatistics);

/** The six kinds, as their lists are called. */
export const resourceKinds = [
  'distributionPolicies',
  'classificationPolicies',
  'exceptionPolicies',
  'queues',
  'workers',
  'jobs',
] as const;
export type ResourceKind = (typeof resourceKinds)[number];

const anyResource = z.looseObject({ id: z.string(), etag: z.string().default('') });

/** A resource of any kind, read as it comes: whoever compares and copies resources has to see every member. */
export type AnyResource = z.infer<typeof anyResource>;

const kindsByName: Readonly<Record<ResourceKind, Kind<AnyResource>>> = {
  distributionPolicies: kind('/routing/distributionPolicies', anyResource),
  classificationPolicies: kind('/routing/classificationPolicies', anyResource),
  exceptionPolicies: kind('/routing/exceptionPolicies', anyResource),
  queues: kind('/routing/queues', anyResource),
  workers: kind('/routing/workers', anyResource),
  jobs: kind('/routing/jobs', anyResource),
};

export const kindNamed = (name: ResourceKind): Kind<AnyResource> => kindsByName[name];
