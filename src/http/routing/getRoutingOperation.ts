import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Endpoint } from '../endpoint.ts';
import { problemResponse } from '../problem.ts';
import type { Operations } from './operations.ts';

/** How far an operation is. While it runs, with the time after which it is worth asking again. */
function readOperation(
  { params }: Pick<HttpRequest, 'params'>,
  { operations }: { readonly operations: Pick<Operations, 'find'> },
): HttpResponseInit {
  const operation = operations.find(params.operationId ?? '');
  if (operation === undefined) {
    return problemResponse({
      name: 'operationNotFound',
      status: 404,
      detail:
        'This instance of the app knows no such operation: it ended long ago, belongs to another instance, or to one that has ended. ' +
        'Send the document again: what was applied of it is found unchanged, and the rest is applied.',
    });
  }
  const isRunning = operation.status === 'running';
  return { status: 200, ...(isRunning && { headers: { 'retry-after': '2' } }), jsonBody: operation };
}

/** `GET /api/routing/operations/{operationId}`. */
export const getRoutingOperationEndpoint: Endpoint = {
  name: 'getRoutingOperation',
  method: 'GET',
  route: 'routing/operations/{operationId}',
  level: 'function',
  roles: ['Routing.Admin'],
  answer: async (request, { app }) => readOperation(request, app),
};
