import type { HttpRequest } from '@azure/functions';

/**
 * How often Event Grid has delivered this, counted from 1, from the `aeg-delivery-count` header, which counts from 0.
 * The header reaches webhooks only: the trigger's extension keeps it to itself.
 */
export function deliveryAttempt(headers: Pick<HttpRequest['headers'], 'get'>): { attempt?: number } {
  const count = headers.get('aeg-delivery-count') ?? '';
  return /^\d{1,6}$/.test(count) ? { attempt: Number(count) + 1 } : {};
}
