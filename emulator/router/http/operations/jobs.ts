import type { JobId } from '../../engine/ids.ts';
import type { Router } from '../../router.ts';
import { encodeJob } from '../encode.ts';
import { accepted } from '../errors.ts';
import { etagByTicks } from '../etag.ts';
import { jobFilter } from '../filters.ts';
import { done, type Operation } from '../operation.ts';
import { cancelOptions, jobPatch } from '../schemas.ts';
import { resourceOperations } from './resource.ts';

export const jobOperations = (router: Router) =>
  resourceOperations({
    collection: '/routing/jobs',
    idName: 'jobId',
    patch: jobPatch,
    etag: etagByTicks,
    encode: encodeJob,
    read: router.read.job,
    readAll: router.read.jobs,
    upsert: (id, patch) => router.handle({ type: 'UpsertJob', id, patch }),
    remove: (id) => router.handle({ type: 'DeleteJob', id }),
    filter: jobFilter,
  });

export const cancelJob =
  (router: Router): Operation =>
  (call) => {
    const options = call.options(cancelOptions);
    accepted(router.handle({ type: 'CancelJob', jobId: call.id<JobId>('jobId'), ...options }));
    return done;
  };
