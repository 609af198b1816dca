import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import type { App } from '../composition.ts';
import type { Handling } from '../handleRouterEvent.ts';
import { jsonText } from '../input/jsonText.ts';
import { listParked } from '../parking/listParked.ts';
import { resendParked } from '../parking/resendParked.ts';
import { MOST_MESSAGES } from '../storage/messageQueue.ts';
import type { Endpoint } from './endpoint.ts';
import { type Problem, problemResponse } from './problem.ts';
import { readBody } from './readBody.ts';

/** What a request to resend may say. */
export const resendRequest = z.strictObject({
  limit: z.int().min(1).max(MOST_MESSAGES).default(MOST_MESSAGES),
});

/** What is parked, oldest first. */
async function getParkedEvents({ parked }: Pick<App, 'parked'>): Promise<HttpResponseInit> {
  const list = await listParked(parked);
  return list.kind === 'ok'
    ? { status: 200, headers: { 'content-type': 'application/json' }, body: jsonText(list.value) }
    : problemResponse(storageUnavailable(list.message));
}

/** Handles what is parked once more, and tells what became of each event. */
async function postResend(
  request: Pick<HttpRequest, 'body' | 'headers'>,
  app: Handling['app'] & Pick<App, 'parked'>,
  log: Handling['log'],
): Promise<HttpResponseInit> {
  const body =
    request.body === null
      ? ({ kind: 'read', value: resendRequest.parse({}) } as const)
      : await readBody(request, resendRequest);
  if (body.kind === 'problem') return problemResponse(body.problem);
  const resent = await resendParked(app.parked, body.value.limit, { app, log });
  return resent.kind === 'ok'
    ? { status: 200, jsonBody: { events: resent.value } }
    : problemResponse(storageUnavailable(resent.message));
}

const storageUnavailable = (message: string): Problem => ({
  name: 'storageUnavailable',
  status: 503,
  detail: `The queue of parked events in the account of AzureWebJobsStorage cannot be reached: ${message}.`,
});

/** `GET /api/parked-events`. */
export const listParkedEventsEndpoint: Endpoint = {
  name: 'listParkedEvents',
  method: 'GET',
  route: 'parked-events',
  level: 'admin',
  roles: ['Routing.Admin'],
  answer: (_request, { app }) => getParkedEvents(app),
};

/** `POST /api/parked-events/resend`. */
export const resendParkedEventsEndpoint: Endpoint = {
  name: 'resendParkedEvents',
  method: 'POST',
  route: 'parked-events/resend',
  level: 'admin',
  roles: ['Routing.Admin'],
  answer: (request, { app, log }) => postResend(request, app, log),
};
