import { app, type HttpHandler } from '@azure/functions';
import { getApp } from '../composition.ts';
import { logTo } from '../handling/logTo.ts';
import { parkedEvents } from '../handling/parkedEvents.ts';
import { answerDelivery } from '../webhook/answerDelivery.ts';
import { answerHandshake } from '../webhook/handshake.ts';
import { jsonOrText } from '../webhook/jsonOrText.ts';

/**
 * The same handling behind a webhook subscription, for those who cannot use the Event Grid trigger: both
 * schemas, both handshakes, one event or a batch.
 */
export const receiveRouterEvents: HttpHandler = async (request, context) => {
  const body = jsonOrText(await request.text());
  const handshake = answerHandshake(request, body);
  if (handshake !== undefined) return handshake;
  const { response, parked } = await answerDelivery(body, await getApp(), logTo(context));
  if (parked.length > 0) context.extraOutputs.set(parkedEvents, parked);
  return response;
};

app.http('receiveRouterEvents', {
  methods: ['POST', 'OPTIONS'],
  route: 'router-events',
  authLevel: 'function',
  extraOutputs: [parkedEvents],
  handler: receiveRouterEvents,
});
