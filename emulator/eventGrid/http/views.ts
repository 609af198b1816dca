/** How the control routes show things: instants as texts, and no secrets. */
import type { DeliveryAttempt } from '../delivery.ts';
import { eventGridEnvelope, type PublishedEvent } from '../envelope.ts';
import { eventTimeText } from '../eventTime.ts';
import type { Subscription } from '../subscription.ts';

export const eventView = (event: PublishedEvent, topic: string) => eventGridEnvelope(event, topic);

export const attemptView = ({ at, nextAttemptAt, ...attempt }: DeliveryAttempt) => ({
  time: eventTimeText(at),
  ...attempt,
  ...(nextAttemptAt === undefined ? {} : { nextAttemptTime: eventTimeText(nextAttemptAt) }),
});

/** The endpoint without its query, as in Azure: keys stand there. Of added headers only the names. */
export function subscriptionView({ endpoint, deliveryHeaders, ...subscription }: Subscription) {
  const url = new URL(endpoint);
  const shownUrl = `${url.origin}${url.pathname}`;
  return { ...subscription, endpoint: shownUrl, deliveryHeaders: Object.keys(deliveryHeaders) };
}
