import { getQueueEndpoint } from '../http/queues/getQueue.ts';
import { serve } from '../http/serve.ts';

/** Answers `GET /api/queues/{queueId}` with the queue and its statistics. */
export const getQueue = serve(getQueueEndpoint);
