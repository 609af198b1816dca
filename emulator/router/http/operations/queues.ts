import type { QueueId } from '../../engine/ids.ts';
import type { Router } from '../../router.ts';
import { encodeQueue, encodeStatistics } from '../encode.ts';
import { refusalOf } from '../errors.ts';
import { etagBySeconds } from '../etag.ts';
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

/** Recorded: the answer carries an ETag. Where we guessed: it is the queue's. */
export const queueStatistics =
  (router: Router): Operation =>
  (call) => {
    const id = call.id<QueueId>('queueId');
    const queue = router.read.queue(id);
    const statistics = router.read.queueStatistics(id);
    if (!queue || !statistics) throw refusalOf({ kind: 'notFound' });
    return {
      status: 200,
      headers: { ETag: etagBySeconds(queue.revision) },
      body: encodeStatistics(statistics),
    };
  };
