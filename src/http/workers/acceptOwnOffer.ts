import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import { idFrom, type OfferId, type WorkerId } from '../../jobRouter/ids.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import { resourceId } from '../../jobRouter/wire.ts';
import type { Endpoint, EndpointParts } from '../endpoint.ts';
import { type Problem, problemResponse } from '../problem.ts';
import { readOptionalBody } from '../readBody.ts';
import { routerProblem } from '../routerProblem.ts';
import { workerIdIn, workerProblem } from './workerProblem.ts';

/** The service takes no options for it. */
export const acceptRequest = z.lazy(() => z.strictObject({}));

async function postAccept(
  request: Pick<HttpRequest, 'body' | 'headers' | 'params'>,
  { app: { router }, caller }: Pick<EndpointParts, 'app' | 'caller'>,
): Promise<HttpResponseInit> {
  const workerId = workerIdIn(request.params, caller);
  if (workerId.kind === 'problem') return problemResponse(workerId.problem);
  const body = await readOptionalBody(request, acceptRequest);
  if (body.kind === 'problem') return problemResponse(body.problem);
  const { offerId = '' } = request.params;
  if (!resourceId.safeParse(offerId).success) return problemResponse(offerNotFound(workerId.value, offerId));

  // Somebody waits for it, and the offer expires.
  const accepted = await router.inLane('accept').acceptOffer(workerId.value, idFrom<OfferId>(offerId));
  if (accepted.kind === 'ok') return { status: 200, jsonBody: accepted.value };
  const isGone = accepted.kind === 'refused' && accepted.reason !== 'other';
  return problemResponse(
    isGone
      ? await whyGone(workerId.value, offerId, router)
      : routerProblem(accepted, `offer ${offerId} of worker ${workerId.value}`),
  );
}

/** Of an offer that is no longer there: whether its worker is. */
async function whyGone(workerId: WorkerId, offerId: string, router: JobRouter): Promise<Problem> {
  const worker = await router.getWorker(workerId);
  return worker.kind === 'ok' ? offerNotFound(workerId, offerId) : workerProblem(worker, workerId);
}

const offerNotFound = (workerId: WorkerId, offerId: string): Problem => ({
  name: 'offerNotFound',
  status: 404,
  detail: `Worker "${workerId}" has no offer "${offerId}". It was accepted, expired or withdrawn, or is another's.`,
});

/** `POST /api/workers/{workerId}/offers/{offerId}/accept`: a worker takes a job that it is offered. */
export const acceptOwnOfferEndpoint: Endpoint = {
  name: 'acceptOwnOffer',
  method: 'POST',
  route: 'workers/{workerId}/offers/{offerId}/accept',
  level: 'function',
  roles: ['Workers.Self'],
  answer: postAccept,
};
