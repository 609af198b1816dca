/** How answers leave: the headers every answer has, and an error body for whatever went wrong. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../clock/clock.ts';
import { RequestProblem } from '../../http/problem.ts';
import { type HttpAnswer, type HttpHeaders, splitTarget } from '../../http/surface.ts';
import { ANNOUNCED_VERSIONS } from './apiVersion.ts';
import { errorBody, Refusal } from './refusal.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** The trace of the caller when it sent one, written as a GUID (recorded), else a trace of its own. */
function traceIdOf({ traceparent }: IncomingHttpHeaders, newId: () => string): string {
  if (traceparent === undefined) return newId();
  const [, trace] = /^[\da-f]{2}-([\da-f]{32})-/.exec(String(traceparent)) ?? [];
  return trace?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') ?? newId();
}

/** The recorded headers of every answer of every status. The date is the router's, which a hand may have moved. */
export const headersForAll = (
  request: IncomingHttpHeaders,
  { newId, clock }: { readonly newId: () => string; readonly clock: Clock },
): HttpHeaders => ({
  date: new Date(clock.now()).toUTCString(),
  'api-supported-versions': ANNOUNCED_VERSIONS,
  'request-context': 'appId=',
  'trace-id': traceIdOf(request, newId),
});

/** The answer that a refusal is. */
export const answerOf = (refusal: Refusal, target: string): HttpAnswer => ({
  status: refusal.status,
  headers:
    refusal.retryAfterSeconds === undefined
      ? undefined
      : { 'retry-after': String(refusal.retryAfterSeconds) },
  body: errorBody(refusal, splitTarget(target).path),
});

/** What a thrown thing means to the client; undefined for a bug of ours. */
export function refusalOfThrown(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  return error instanceof RequestProblem ? new Refusal(error.status, error.message) : undefined;
}

/** Answers bytes that are no HTTP request at all, for which no route, hook or reply exists. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new Refusal(431, 'The headers of the request are too large.')
      : new Refusal(400, `This is not a readable HTTP request: ${error.message}`);
  const body = JSON.stringify(errorBody(refusal, '/'));
  const head = [
    `HTTP/1.1 ${refusal.status} ${refusal.code}`,
    `Content-Type: ${JSON_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `api-supported-versions: ${ANNOUNCED_VERSIONS}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
