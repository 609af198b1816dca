import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Refused, Unavailable } from '../../jobRouter/answer.ts';
import { idFrom, type QueueId } from '../../jobRouter/ids.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import { resourceId } from '../../jobRouter/wire.ts';
import type { Endpoint } from '../endpoint.ts';
import { etagHeader } from '../etagHeader.ts';
import { type Problem, problemResponse } from '../problem.ts';
import { routerProblem } from '../routerProblem.ts';

async function readQueue(
  { params: { queueId = '' } }: Pick<HttpRequest, 'params'>,
  { router }: { readonly router: JobRouter },
): Promise<HttpResponseInit> {
  if (!resourceId.safeParse(queueId).success) return problemResponse(queueNotFound(queueId));
  const id = idFrom<QueueId>(queueId);
  const [queue, figures] = await Promise.all([router.getQueue(id), router.getQueueStatistics(id)]);
  if (queue.kind !== 'ok') return problemResponse(queueProblem(queue, queueId));
  if (figures.kind !== 'ok') return problemResponse(queueProblem(figures, queueId));
  const { queueId: _, etag: __, ...statistics } = figures.value;
  return { status: 200, headers: etagHeader(queue.value), jsonBody: { ...queue.value, statistics } };
}

const queueProblem = (answer: Refused | Unavailable, id: string): Problem =>
  answer.kind === 'refused' && answer.reason === 'notFound'
    ? queueNotFound(id)
    : routerProblem(answer, `queue ${id}`);

const queueNotFound = (id: string): Problem => ({
  name: 'queueNotFound',
  status: 404,
  detail: `Job Router has no queue "${id}".`,
});

/** `GET /api/queues/{queueId}`: the queue, and how it goes in it. */
export const getQueueEndpoint: Endpoint = {
  name: 'getQueue',
  method: 'GET',
  route: 'queues/{queueId}',
  level: 'function',
  roles: ['Jobs.Read'],
  answer: (request, { app }) => readQueue(request, app),
};
