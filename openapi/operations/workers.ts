import * as z from 'zod';
import { acceptRequest } from '../../src/http/workers/acceptOwnOffer.ts';
import { workerQuery } from '../../src/http/workers/listWorkers.ts';
import { workerPatch } from '../../src/http/workers/updateWorker.ts';
import { resourceId } from '../../src/jobRouter/wire.ts';
import { acceptedOffer, worker, workerPage } from '../answers/worker.ts';
import { ifMatch, link, withEtag } from '../headers.ts';
import { json, type Operation, optionalBody } from '../operation.ts';

const workerId = resourceId.meta({ example: 'worker-1' });
const path = z.object({ workerId });

/** Of workers. */
export const workerOperations: Readonly<Record<string, Operation>> = {
  listWorkers: {
    tag: 'Workers',
    summary: 'List workers',
    description: 'Newest first, a page at a time.',
    query: workerQuery.unwrap(),
    answers: { 200: json('A page.', workerPage, { headers: link }) },
    asks: 'router',
  },
  getWorker: {
    tag: 'Workers',
    summary: 'Show a worker with its offers and assignments',
    description: 'A worker sees itself only.',
    path,
    answers: { 200: json('The worker.', worker, { headers: withEtag }) },
    problems: ['workerNotFound'],
    asks: 'router',
  },
  updateWorker: {
    tag: 'Workers',
    summary: 'Change a worker',
    description:
      'A merge patch (RFC 7396). A worker may change `availableForOffers` of itself: it signs itself on and off.',
    path,
    header: ifMatch,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: workerPatch.unwrap().meta({ id: 'WorkerPatch' }),
          example: { availableForOffers: true },
        },
        'application/merge-patch+json': { schema: workerPatch.unwrap().meta({ id: 'WorkerMergePatch' }) },
      },
    },
    answers: { 200: json('The worker as it is now.', worker, { headers: withEtag }) },
    problems: ['workerNotFound', 'changedMeanwhile', 'contended', 'outOfTime'],
    asks: 'router',
  },
  acceptOwnOffer: {
    tag: 'Workers',
    summary: 'Accept an offer',
    description: 'A worker takes a job that it is offered, before the offer expires.',
    path: z.object({ workerId, offerId: resourceId }),
    body: optionalBody(acceptRequest.unwrap(), {}),
    answers: { 200: json('The job is the worker’s.', acceptedOffer) },
    problems: ['workerNotFound', 'offerNotFound'],
    asks: 'router',
  },
};
