/**
 * What Job Router said, in the three shapes the app tells apart. The REST client does not throw on 4xx, so
 * every call is turned into one of these before anybody acts on it.
 */
export type RouterAnswer<Value> =
  | {
      readonly kind: 'ok';
      readonly status: number;
      readonly value: Value;
      /** By the router's own clock, from the Date header. The app's clock may be another one. */
      readonly answeredAt?: Date;
    }
  | Refused
  | Unavailable;

/** The router understood and said no: any 4xx that asking again unchanged does not mend. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
  /** For people who read the log. What to do follows from the reason. */
  readonly status: number;
  /** From the service's error body; empty when it had none. */
  readonly code: string;
  readonly message: string;
}

/** What kind of no it was, as far as the app acts on it. */
export type RefusalReason =
  /** There is no such resource, or no longer. */
  | 'notFound'
  /** What was asked contradicts what has happened meanwhile. */
  | 'conflict'
  /** 412: the resource is no longer the one that the condition named. */
  | 'changed'
  | 'other';

/**
 * The router could not answer now, or not us: 408, 429, 5xx, no connection, no answer in time, an answer that
 * does not read as one, 401 and 403 (a wrong key or a missing role is mended outside, and then the same call
 * succeeds), a 409 by which the service says that it lost a race against a write of its own, and a request
 * budget that has no room before the call must be over.
 */
export interface Unavailable {
  readonly kind: 'unavailable';
  /** Absent when no HTTP answer arrived. */
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly message: string;
}
