import type { DoWork } from '../automation/decision.ts';

/** What asking for work came to. */
export type WorkAnswer =
  /** 2xx: the work is done. */
  | { readonly kind: 'done' }
  /** The endpoint refused for good, any 4xx but 408, 425 and 429: asking again will not help. */
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  /** No answer in time, no connection, 408, 425, 429 or 5xx: the same call may pass later. */
  | { readonly kind: 'unavailable'; readonly status?: number; readonly retryAfterSeconds?: number; readonly message: string };

/** Asks somebody's endpoint to do the work of an assignment. Never throws for what the endpoint or the network does. */
export interface WorkCaller {
  /** One signed request, whose idempotency key is the assignment's id. Over at `end` at the latest. */
  call(work: DoWork, end: Date): Promise<WorkAnswer>;
}
