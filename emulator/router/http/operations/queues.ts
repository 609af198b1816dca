import type { QueueId } from '../../engine/ids.ts';
import type { Router } from '../../router.ts';
import { encodeQueue, encodeStatistics } from '../encode.ts';
import { refusalOf } from '../errors.ts';
import { etagBySeconds, revisionHeaders } from '../etag.ts';
import type { Operation } from '../operation.ts';
import { queuePatch } from '../schemas.ts';
import { resourceOperations } from './resource.ts';

export const queueOperations = (router: Router) =>
  resourceOperations({
    collection: '/routing/queues',
    idName: 'queueId',
    patch: () => queuePatch,
    etag: etagBySeconds,
    encode: encodeQueue,
    read: (id: QueueId) => router.read.queue(id),
    createdBefore: (number) => router.read.created.queues(number),
    upsert: (id, patch) => router.handle({ type: 'UpsertQueue', id, patch }),
    remove: (id) => router.handle({ type: 'DeleteQueue', id }),
  });

/** Recorded: the statistics carry an ETag and a Last-Modified of their own, which are not the queue's. */
export const queueStatistics =
  (router: Router): Operation =>
  (call) => {
    const statistics = router.read.queueStatistics(call.id<QueueId>('queueId'));
    if (!statistics) throw refusalOf({ kind: 'notFound' });
    const { revision } = statistics;
    return {
      status: 200,
      headers: revisionHeaders(revision, etagBySeconds(revision)),
      body: encodeStatistics(statistics),
    };
  };
