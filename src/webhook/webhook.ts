import type { Clock } from '../clock.ts';
import type { WebhookSettings } from '../settings/webhookSettings.ts';
import { createGuard, type Guard } from './guard.ts';
import type { Expected } from './handshake.ts';

/** The door that events come through when they do not come through the Event Grid trigger. */
export interface Webhook extends Expected {
  readonly guard: Guard;
}

/** The door as the settings describe it. */
export const openWebhook = (
  { guard, allowedOrigins }: WebhookSettings,
  allowedTopics: Expected['allowedTopics'],
  clock: Clock,
): Webhook => ({ guard: createGuard(guard, clock), allowedOrigins, allowedTopics });
