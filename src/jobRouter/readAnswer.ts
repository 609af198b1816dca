/**
 * What an HTTP answer of Job Router means to the app. This is the only place that knows which status is a
 * refusal and which one says "not now".
 */
import * as z from 'zod';
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

/**
 * Judges an answer and reads the body of a success with `schema`. `now` is what a Retry-After date is
 * measured from.
 */
export function readAnswer<Value>(heard: Heard, schema: z.ZodType<Value>, now: Date): RouterAnswer<Value> {
  if (heard.kind === 'silence') return { kind: 'unavailable', message: heard.why };
  const { status, headers, body } = heard;

  if (status >= 200 && status < 300) {
    const read = schema.safeParse(body);
    return read.success
      ? { kind: 'ok', status, value: read.data }
      : { kind: 'unavailable', status, message: `The answer cannot be read: ${z.prettifyError(read.error)}` };
  }

  const error = readError(body);
  if (status >= 400 && status < 500 && !mendable.has(status)) return refusal(status, error);

  const retryAfterSeconds = readRetryAfter(headers, now);
  const unavailable: Unavailable = {
    kind: 'unavailable',
    status,
    message: error.message || `Job Router answered ${status}`,
  };
  return retryAfterSeconds === undefined ? unavailable : { ...unavailable, retryAfterSeconds };
}

/** A no of the router, and what kind of no it is. */
export function refusal(status: number, { code, message }: ServiceError): Refused {
  return { kind: 'refused', reason: reasonOf(status, message), status, code, message };
}

function reasonOf(status: number, message: string): RefusalReason {
  if (status === 404) return 'notFound';
  if (status !== 409) return 'other';
  return /duplicate sequence number/i.test(message) ? 'writeRace' : 'conflict';
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

/** Seconds from now; undefined when the service did not say, or said something that is no time. */
function readRetryAfter(headers: Readonly<Record<string, string>>, now: Date): number | undefined {
  const inMilliseconds = headers['retry-after-ms'] ?? headers['x-ms-retry-after-ms'];
  if (inMilliseconds !== undefined && /^\d+$/.test(inMilliseconds)) return Number(inMilliseconds) / 1000;

  const retryAfter = headers['retry-after']?.trim();
  if (retryAfter === undefined) return undefined;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now.getTime()) / 1000);
}
