/**
 * Every request to the webhook, from the door to the answer.
 *
 * Event Grid gives events up for good when it is answered 400, 401, 403 or 413, so those are for what can never
 * succeed. Everything that a mended setting, secret or subscription would heal is answered 503: the events come again
 * until it is. Whoever is not let in gets no other answer and no word in it.
 */
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { type App, getApp } from '../composition.ts';
import { ConfigError } from '../config.ts';
import { logTo } from '../handling/logTo.ts';
import { parkedEvents } from '../handling/parkedEvents.ts';
import { UnusableConnectionError } from '../jobRouter/connection.ts';
import { answerDelivery } from './answerDelivery.ts';
import { deliveryAttempt } from './deliveryAttempt.ts';
import { permissionFor, validationIn } from './handshake.ts';
import { readDelivery } from './readDelivery.ts';

/** In one batch (documented). More could not be kept in the time that an answer may take. */
const MOST_EVENTS = 5_000;

/** Answers a request; what no repetition will mend goes into the queue of parked events. */
export async function answerRequest(
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const app = await appOrNothing(context);
  if (app === undefined) return again();
  const admission = await app.webhook.guard(request.headers);
  if (admission.kind === 'refused') {
    context.warn(`receiveRouterEvents was called ${admission.why}`);
    return again();
  }
  if (request.method === 'OPTIONS') return permissionFor(request.headers, app.webhook);
  const delivery = await readDelivery(request);
  if (delivery.kind === 'tooLarge') return notFromEventGrid('1 MB', 'more than 2 MB');
  const { content } = delivery;
  if (Array.isArray(content) && content.length > MOST_EVENTS) {
    return notFromEventGrid(`${MOST_EVENTS} events`, `${content.length}`);
  }
  return answerContent(request, content, app, context);
}

async function answerContent(
  { headers }: HttpRequest,
  content: unknown,
  app: App,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const validation = validationIn(headers, content, app.webhook);
  if (validation?.kind === 'wanted') {
    return { status: 200, jsonBody: { validationResponse: validation.code } };
  }
  if (validation?.kind === 'unwanted') {
    context.warn(`A subscription to ${validation.topic} was not validated: ALLOWED_TOPICS does not name it`);
    return again();
  }
  const forHost: string[] = [];
  const response = await answerDelivery(content, {
    app,
    log: logTo(context),
    leaveToHost: (text) => forHost.push(text),
    ...deliveryAttempt(headers),
  });
  if (forHost.length > 0) context.extraOutputs.set(parkedEvents, forHost);
  return response;
}

/** The app, or nothing when a setting is wrong: the log says which, and the events come again until it is mended. */
async function appOrNothing(context: InvocationContext): Promise<App | undefined> {
  try {
    return await getApp();
  } catch (problem) {
    if (!(problem instanceof ConfigError || problem instanceof UnusableConnectionError)) throw problem;
    context.error(problem.message);
    return undefined;
  }
}

/** Event Grid waits at least 30 s after a 503 (documented). */
const again = (): HttpResponseInit => ({ status: 503, headers: { 'Retry-After': '30' } });

/** No event can be in it, and none is lost. */
const notFromEventGrid = (most: string, had: string): HttpResponseInit => ({
  status: 400,
  jsonBody: { error: `Event Grid delivers ${most} at most, and this body has ${had}.` },
});
