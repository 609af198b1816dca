import { app } from '@azure/functions';
import { parkedEvents } from '../handling/parkedEvents.ts';
import { isGuardedByKey } from '../settings/webhookSettings.ts';
import { answerRequest } from '../webhook/answerRequest.ts';

/**
 * The same handling behind a webhook subscription, for those who cannot use the Event Grid trigger: both
 * schemas, both handshakes, one event or a batch. The key of the function is asked for by the host, unless the
 * settings name another guard.
 */
export const receiveRouterEvents = answerRequest;

app.http('receiveRouterEvents', {
  methods: ['POST', 'OPTIONS'],
  route: 'router-events',
  authLevel: isGuardedByKey(process.env.WEBHOOK_GUARD) ? 'function' : 'anonymous',
  extraOutputs: [parkedEvents],
  handler: receiveRouterEvents,
});
