/**
 * What an HTTP answer of Job Router means to the app. This is the only place that knows which status is a
 * refusal and which one says "not now".
 */
import * as z from 'zod';
import { heededSeconds, retryAfterSeconds } from '../input/retryAfterSeconds.ts';
import type { RefusalReason, Refused, RouterAnswer, Unavailable } from './answer.ts';
import type { Heard } from './exchange.ts';

const errorDetail = z.object({ code: z.string().default(''), message: z.string().default('') });
const errorObject = errorDetail.extend({ details: z.array(errorDetail).default([]) });

/** The service writes `communicationError` (recorded); its specification promises `error`. Both are read. */
const errorBody = z.union([
  z.object({ communicationError: errorObject }).transform((body) => body.communicationError),
  z.object({ error: errorObject }).transform((body) => body.error),
]);

/** Statuses in the 400s that the same call may pass later: see `Unavailable`. */
const mendable = new Set([401, 403, 408, 429]);

/** Recorded: the service told a write race, and the same call passed 1.5 s later. */
const WRITE_RACE_SECONDS = 1.5;

/**
 * Judges an answer and reads the body of a success with `schema`. `now` is what a Retry-After date is
 * measured from where the answer has no date of its own.
 */
export function readAnswer<Value>(heard: Heard, schema: z.ZodType<Value>, now: Date): RouterAnswer<Value> {
  if (heard.kind === 'silence') return { kind: 'unavailable', message: heard.why };
  const { status, headers } = heard;
  if (status >= 200 && status < 300) return readSuccess(heard, schema);

  const error = readError(heard.body);
  if (isWriteRace(status, error)) {
    return { kind: 'unavailable', status, retryAfterSeconds: WRITE_RACE_SECONDS, message: error.message };
  }
  if (status >= 400 && status < 500 && !mendable.has(status)) return refusal(status, error);

  const retryAfterSeconds = readRetryAfter(headers, dateIn(headers) ?? now);
  const unavailable: Unavailable = {
    kind: 'unavailable',
    status,
    message: error.message || `Job Router answered ${status}`,
  };
  return retryAfterSeconds === undefined ? unavailable : { ...unavailable, retryAfterSeconds };
}

/** A no of the router, and what kind of no it is. */
export const refusal = (status: number, { code, message }: ServiceError): Refused => ({
  kind: 'refused',
  reason: reasonOf(status),
  status,
  code,
  message,
});

function reasonOf(status: number): RefusalReason {
  switch (status) {
    case 404:
      return 'notFound';
    case 409:
      return 'conflict';
    case 412:
      return 'changed';
    default:
      return 'other';
  }
}

type Answered = Extract<Heard, { kind: 'answered' }>;

function readSuccess<Value>(answered: Answered, schema: z.ZodType<Value>): RouterAnswer<Value> {
  const { status, headers } = answered;
  const read = schema.safeParse(withEtag(answered));
  if (!read.success) {
    return {
      kind: 'unavailable',
      status,
      message: `The answer cannot be read: ${z.prettifyError(read.error)}`,
    };
  }
  const answeredAt = dateIn(headers);
  return { kind: 'ok', status, value: read.data, ...(answeredAt !== undefined && { answeredAt }) };
}

/** A resource tells its ETag in the body and in the header; where it is in the header only, the body gets it. */
function withEtag({ headers: { etag }, body }: Answered): unknown {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isObject && etag !== undefined && !('etag' in body) ? { ...body, etag } : body;
}

interface ServiceError {
  readonly code: string;
  readonly message: string;
}

function readError(body: unknown): ServiceError {
  const read = errorBody.safeParse(body);
  if (!read.success) return { code: '', message: '' };
  const { code, message, details } = read.data;
  return { code, message: [message, ...details.map((detail) => detail.message)].filter(Boolean).join(' ') };
}

/**
 * The service lost a race against a write of its own; the call itself was in order. Where we guessed: it was recorded on
 * a cancel, and any other call may meet it too.
 */
const isWriteRace = (status: number, { message }: ServiceError): boolean =>
  status === 409 && /duplicate sequence number/i.test(message);

type Headers = Answered['headers'];

function dateIn({ date = '' }: Headers): Date | undefined {
  const milliseconds = Date.parse(date);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds);
}

/** Seconds from now; undefined when the service did not say, or said something that is no time. */
function readRetryAfter(headers: Headers, now: Date): number | undefined {
  const inMilliseconds = headers['retry-after-ms'] ?? headers['x-ms-retry-after-ms'];
  if (inMilliseconds !== undefined && /^\d+$/.test(inMilliseconds)) {
    return heededSeconds(Number(inMilliseconds) / 1000);
  }

  return retryAfterSeconds(headers['retry-after'], now);
}
