import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Endpoint, EndpointParts } from '../endpoint.ts';
import { etagHeader } from '../etagHeader.ts';
import { problemResponse } from '../problem.ts';
import { workerIdIn, workerProblem } from './workerProblem.ts';

async function readWorker(
  { params }: Pick<HttpRequest, 'params'>,
  { app: { router }, caller }: Pick<EndpointParts, 'app' | 'caller'>,
): Promise<HttpResponseInit> {
  const id = workerIdIn(params, caller, 'Jobs.Read', 'Routing.Admin');
  if (id.kind === 'problem') return problemResponse(id.problem);
  const worker = await router.getWorker(id.value);
  if (worker.kind !== 'ok') return problemResponse(workerProblem(worker, id.value));
  return { status: 200, headers: etagHeader(worker.value), jsonBody: worker.value };
}

/** `GET /api/workers/{workerId}`: the worker with its offers and assignments. A worker sees itself only. */
export const getWorkerEndpoint: Endpoint = {
  name: 'getWorker',
  method: 'GET',
  route: 'workers/{workerId}',
  level: 'function',
  roles: ['Jobs.Read', 'Routing.Admin', 'Workers.Self'],
  answer: readWorker,
};
