import { app, type HttpHandler } from '@azure/functions';
import { getApp } from '../composition.ts';
import { handleRouterEvent } from '../handleRouterEvent.ts';
import { endOfAnswerWindow } from '../handling/answerWindow.ts';
import { logTo } from '../handling/logTo.ts';
import { parkedEvents } from '../parkedEvents.ts';
import { permissionFor, validationCode } from '../webhook/handshake.ts';
import { answerTo, deliverEach, parkedOf, readBody } from '../webhook/receiveDelivery.ts';

/**
 * The same handling behind a webhook subscription, for those who cannot use the Event Grid trigger: both
 * schemas, both handshakes, one event or a batch.
 */
export const receiveRouterEvents: HttpHandler = async (request, context) => {
  if (request.method === 'OPTIONS') {
    return { status: 200, headers: permissionFor(request.headers.get('webhook-request-origin')) };
  }
  const body = readBody(await request.text());
  const validationResponse = validationCode(request.headers.get('aeg-event-type'), body);
  if (validationResponse !== undefined) return { status: 200, jsonBody: { validationResponse } };

  const app = await getApp();
  const log = logTo(context);
  const answerBy = endOfAnswerWindow(app.clock.now());
  const delivered = await deliverEach(body, (event) =>
    handleRouterEvent(event, { reaction: 'any', app, log, answerBy }),
  );
  const parked = parkedOf(delivered, app.clock.now());
  if (parked.length > 0) context.extraOutputs.set(parkedEvents, parked);
  return answerTo(delivered);
};

app.http('receiveRouterEvents', {
  methods: ['POST', 'OPTIONS'],
  route: 'router-events',
  authLevel: 'function',
  extraOutputs: [parkedEvents],
  handler: receiveRouterEvents,
});
