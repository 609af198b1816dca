import type { Router } from '../../router.ts';
import { encodeQueue } from '../encode.ts';
import { etagBySeconds } from '../etag.ts';
import { queuePatch } from '../schemas.ts';
import { resourceOperations } from './resource.ts';

export const queueOperations = (router: Router) =>
  resourceOperations({
    collection: '/routing/queues',
    idName: 'queueId',
    patch: queuePatch,
    etag: etagBySeconds,
    encode: encodeQueue,
    read: router.read.queue,
    readAll: router.read.queues,
    upsert: (id, patch) => router.handle({ type: 'UpsertQueue', id, patch }),
    remove: (id) => router.handle({ type: 'DeleteQueue', id }),
  });
