import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import { workerInput } from '../../jobRouter/inputs/workerInput.ts';
import { scalar } from '../../jobRouter/wire.ts';
import { notAllowed } from '../access.ts';
import { hasRole } from '../caller.ts';
import { changeResource } from '../changeResource.ts';
import type { Endpoint, EndpointParts } from '../endpoint.ts';
import { problemResponse } from '../problem.ts';
import { readBody } from '../readBody.ts';
import { readIfMatch } from '../readHeaders.ts';
import { workerIdIn, workerProblem } from './workerProblem.ts';

/** What is to be otherwise about a worker: a merge patch (RFC 7396). */
export const workerPatch = z.lazy(() => {
  const { capacity, channels, availableForOffers } = workerInput.shape;
  return z.strictObject({
    availableForOffers: availableForOffers
      .unwrap()
      .exactOptional()
      .describe('Whether the worker is on duty.'),
    capacity: capacity.exactOptional(),
    channels: channels.unwrap().exactOptional().describe('Replaces those there are.'),
    labels: z
      .record(z.string(), scalar.nullable())
      .exactOptional()
      .describe('Those that are not named stay; null removes one.'),
  });
});

async function patchWorker(
  request: Pick<HttpRequest, 'body' | 'headers' | 'params'>,
  { app, caller }: Pick<EndpointParts, 'app' | 'caller'>,
): Promise<HttpResponseInit> {
  const workerId = workerIdIn(request.params, caller, 'Routing.Admin');
  if (workerId.kind === 'problem') return problemResponse(workerId.problem);
  const ifMatch = readIfMatch(request);
  if (ifMatch.kind === 'problem') return problemResponse(ifMatch.problem);
  const body = await readBody(request, workerPatch);
  if (body.kind === 'problem') return problemResponse(body.problem);
  const { availableForOffers: _, ...others } = body.value;
  if (!hasRole(caller, 'Routing.Admin') && Object.keys(others).length > 0) {
    return problemResponse(notAllowed('A worker may change availableForOffers of itself only.'));
  }

  const id = workerId.value;
  return changeResource(
    {
      thing: `workers/${id}`,
      subject: `Worker "${id}"`,
      read: () => app.router.getWorker(id),
      write: (condition) => app.router.updateWorker(id, body.value, condition),
      explain: (answer) => workerProblem(answer, id),
    },
    ifMatch.value,
    app,
  );
}

/** `PATCH /api/workers/{workerId}`: a merge patch. A worker signs itself on and off. */
export const updateWorkerEndpoint: Endpoint = {
  name: 'updateWorker',
  method: 'PATCH',
  route: 'workers/{workerId}',
  level: 'function',
  roles: ['Routing.Admin', 'Workers.Self'],
  answer: patchWorker,
};
