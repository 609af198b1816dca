import type { AssignmentId, JobId, WorkerId } from '../jobRouter/ids.ts';

/** What is asked of an endpoint. Ids only: what else it needs it may ask of the app or the router. */
export interface WorkRequest {
  readonly url: string;
  readonly assignmentId: AssignmentId;
  readonly jobId: JobId;
  readonly workerId: WorkerId;
  readonly rule: string;
  readonly queueId?: string | undefined;
  readonly channelId?: string | undefined;
}

/** What asking for work came to. */
export type WorkAnswer =
  /** 2xx: the work is done. */
  | { readonly kind: 'done' }
  /** The endpoint refused for good: any 3xx, or 4xx but 408, 425 and 429. Asking again will not help. */
  | { readonly kind: 'refused'; readonly message: string }
  /** No answer in time, no connection, 408, 425, 429 or 5xx: the same call may pass later. */
  | { readonly kind: 'unavailable'; readonly retryAfterSeconds?: number; readonly message: string };

/** Asks somebody's endpoint to do the work of an assignment. Never throws for what the endpoint or the network does. */
export interface WorkCaller {
  /** One signed request, whose idempotency key is the assignment's id. Over at `end` at the latest. */
  call(work: WorkRequest, end: Date): Promise<WorkAnswer>;
}
