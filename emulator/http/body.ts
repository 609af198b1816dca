import type { IncomingMessage } from 'node:http';
import { RequestProblem } from './problem.ts';

const NO_BODY = Buffer.alloc(0);

/** A body in a request of these methods means nothing; Node reads over it. */
const BODILESS: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD', 'TRACE']);

const tooLarge = (): RequestProblem => new RequestProblem(413, 'InvalidRequest', 'Request body is too large');

type Done = (body: Buffer | RequestProblem) => void;

/**
 * Hands on the body once it is there whole: in the same turn when there is none. A body that is too large is not read
 * to its end. Nothing is handed on for a client that goes away in the middle.
 */
export function readBody(request: IncomingMessage, largestBytes: number, done: Done): void {
  const { 'content-length': announced, 'transfer-encoding': encoding } = request.headers;
  const isAbsent = encoding === undefined && (announced === undefined || announced === '0');
  if (isAbsent || BODILESS.has(request.method)) done(NO_BODY);
  else if (Number(announced) > largestBytes) done(tooLarge());
  else collect(request, largestBytes, done);
}

function collect(request: IncomingMessage, largestBytes: number, done: Done): void {
  const chunks: Buffer[] = [];
  let length = 0;
  const take = (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length <= largestBytes) return;
    request.off('data', take).off('end', finish).resume();
    done(tooLarge());
  };
  const finish = () => done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length));
  request.on('data', take).on('end', finish);
}
