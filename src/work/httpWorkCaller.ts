import type { Clock } from '../clock.ts';
import { causeOf } from '../input/causeOf.ts';
import { retryAfterSeconds } from '../input/retryAfterSeconds.ts';
import { transportOf } from '../jobRouter/endpoint.ts';
import { currentTraceparent } from '../telemetry/traceContext.ts';
import { signatureHeaders } from './signature.ts';
import type { WorkAnswer, WorkCaller, WorkRequest } from './workCaller.ts';

/** Statuses in the 400s that the same call may pass later. */
const mendable = new Set([408, 425, 429]);

/**
 * Calls over HTTP, signed with `secret`. Without a secret nothing is called: an endpoint that could not tell this app
 * from anybody else is no place to ask for work.
 */
export const httpWorkCaller = (secret: string | undefined, clock: Clock): WorkCaller => ({
  async call(work, end) {
    if (secret === undefined) return { kind: 'unavailable', message: 'WORK_SIGNING_SECRET is not set' };
    const problem = addressProblem(work.url);
    if (problem !== undefined) return { kind: 'refused', message: problem };
    const now = clock.now();
    const left = end.getTime() - now.getTime();
    if (left <= 0) return { kind: 'unavailable', message: 'no time was left to ask' };
    return answerOf(work, secret, clock, left);
  },
});

async function answerOf(
  work: WorkRequest,
  secret: string,
  clock: Clock,
  milliseconds: number,
): Promise<WorkAnswer> {
  const signal = clock.deadline(milliseconds);
  try {
    const response = await fetch(work.url, { ...requestOf(work, secret, clock.now()), signal });
    // The status says it all. A body is not waited for, however long it is.
    await response.body?.cancel();
    return judge(response, clock.now());
  } catch (error) {
    const message = signal.aborted ? 'no answer in time' : causeOf(error);
    return { kind: 'unavailable', message };
  }
}

function requestOf({ url, ...content }: WorkRequest, secret: string, at: Date): RequestInit {
  const body = JSON.stringify(content);
  const id = content.assignmentId;
  const traceparent = currentTraceparent();
  return {
    method: 'POST',
    body,
    // A redirect would hand the signed request to somebody whom the rule does not name.
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': id,
      'user-agent': 'job-router-functions',
      ...(traceparent !== undefined && { traceparent }),
      ...signatureHeaders({ id, at, body }, secret),
    },
  };
}

function judge({ status, headers }: Response, now: Date): WorkAnswer {
  const message = `it answered ${status}`;
  if (status >= 200 && status < 300) return { kind: 'done' };
  if (status < 500 && !mendable.has(status)) return { kind: 'refused', message };
  const seconds = retryAfterSeconds(headers.get('retry-after'), now);
  return { kind: 'unavailable', message, ...(seconds !== undefined && { retryAfterSeconds: seconds }) };
}

/** Why an address must not be called, if so. Holds nothing of the address, which may hold a password. */
function addressProblem(address: string): string | undefined {
  const url = URL.parse(address);
  if (url === null || typeof transportOf(address) === 'object') {
    return 'its address is not https; plain HTTP is for this machine only';
  }
  return url.username || url.password ? 'its address holds a user name or a password' : undefined;
}
