import * as z from 'zod';
import { resourceId } from '../../src/jobRouter/wire.ts';
import { shownQueue } from '../answers/queue.ts';
import { withEtag } from '../headers.ts';
import { json, type Operation } from '../operation.ts';

/** Of queues. */
export const queueOperations: Readonly<Record<string, Operation>> = {
  getQueue: {
    tag: 'Queues',
    summary: 'Show a queue and how much waits in it',
    path: z.object({ queueId: resourceId.meta({ example: 'queue-1' }) }),
    answers: { 200: json('The queue.', shownQueue, { headers: withEtag }) },
    problems: ['queueNotFound'],
    asks: 'router',
  },
};
