import type { JobId } from '../../engine/ids.ts';
import type { Router } from '../../router.ts';
import { encodeJob, encodePosition } from '../encode.ts';
import { accepted, refusalOf } from '../errors.ts';
import { etagByTicks } from '../etag.ts';
import { jobFilter } from '../filters.ts';
import { done, type Operation, ok } from '../operation.ts';
import { cancelOptions, jobPatch, reclassifyOptions } from '../schemas.ts';
import { resourceOperations } from './resource.ts';

export const jobOperations = (router: Router) =>
  resourceOperations({
    collection: '/routing/jobs',
    idName: 'jobId',
    patch: () => jobPatch,
    etag: etagByTicks,
    encode: encodeJob,
    read: (id: JobId) => router.read.job(id),
    createdBefore: (number) => router.read.created.jobs(number),
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

export const reclassifyJob =
  (router: Router): Operation =>
  (call) => {
    call.options(reclassifyOptions);
    accepted(router.handle({ type: 'ReclassifyJob', jobId: call.id<JobId>('jobId') }));
    return done;
  };

/** Where we guessed: a job that waits in no queue has no position, and that is 404. */
export const queuePosition =
  (router: Router): Operation =>
  (call) => {
    const position = router.read.jobPosition(call.id<JobId>('jobId'));
    if (!position) throw refusalOf({ kind: 'notFound' });
    return ok(encodePosition(position));
  };
