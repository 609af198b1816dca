import type { WorkerId } from '../../engine/ids.ts';
import type { Router } from '../../router.ts';
import { encodeWorker } from '../encode.ts';
import { etagByTicks } from '../etag.ts';
import { workerFilter } from '../filters.ts';
import { workerPatch, workerPatchOf2024 } from '../schemas.ts';
import { resourceOperations } from './resource.ts';

export const workerOperations = (router: Router) =>
  resourceOperations({
    collection: '/routing/workers',
    idName: 'workerId',
    patch: (version) => (version === '2024-01-18-preview' ? workerPatchOf2024 : workerPatch),
    etag: etagByTicks,
    encode: encodeWorker,
    read: (id: WorkerId) => router.read.worker(id),
    createdBefore: (number) => router.read.created.workers(number),
    upsert: (id, patch) => router.handle({ type: 'UpsertWorker', id, patch }),
    remove: (id) => router.handle({ type: 'DeleteWorker', id }),
    filter: (parameters) => workerFilter(parameters, router.read.workerHasRoom),
  });
