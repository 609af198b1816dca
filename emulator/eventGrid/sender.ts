import type { ClientRequest, Agent as HttpAgent, IncomingMessage } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { text } from 'node:stream/consumers';
import { NoAnswer, type OutgoingRequest, type ReceivedAnswer, type Send } from './send.ts';

// An import of node:http reads all its exports, and some of them load a second HTTP client: 10 MB, 50 ms.
const http = process.getBuiltinModule('node:http');
/** Loaded when it is first needed: 4 MB. */
const https = () => process.getBuiltinModule('node:https');

/** A sender with connections of its own. */
export interface HttpSender {
  readonly send: Send;
  /** Drops every connection; requests under way are rejected. */
  close(): Promise<void>;
}

interface Connections {
  readonly http: HttpAgent;
  /** There once something has been sent to such an address. */
  https?: HttpsAgent;
  isClosed: boolean;
}

/** Sends over HTTP with connections that are kept open from one delivery to the next. Follows no redirects. */
export function createHttpSender(): HttpSender {
  const connections: Connections = {
    http: new http.Agent({ keepAlive: true }),
    isClosed: false,
  };

  async function send(request: OutgoingRequest): Promise<ReceivedAnswer> {
    const signal = AbortSignal.timeout(request.answerWithinMilliseconds);
    try {
      return await exchange(request, connections, signal);
    } catch (error) {
      throw noAnswer(error, signal, request.answerWithinMilliseconds);
    }
  }

  return {
    send,
    async close() {
      connections.isClosed = true;
      connections.http.destroy();
      connections.https?.destroy();
    },
  };
}

async function exchange(
  request: OutgoingRequest,
  connections: Connections,
  signal: AbortSignal,
): Promise<ReceivedAnswer> {
  const sent = begin(request, connections, signal);
  try {
    const answer = await answerTo(sent, request.body);
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) };
  } catch (error) {
    // The endpoint closed a kept connection just as the request left; it has not seen the request.
    const wasStale = sent.reusedSocket && codeOf(error) === 'ECONNRESET' && !signal.aborted;
    if (wasStale && !connections.isClosed) return exchange(request, connections, signal);
    throw error;
  }
}

function begin(
  { method, url, headers }: OutgoingRequest,
  connections: Connections,
  signal: AbortSignal,
): ClientRequest {
  if (new URL(url).protocol === 'http:') {
    return http.request(url, { agent: connections.http, method, headers, signal });
  }
  connections.https ??= new (https().Agent)({ keepAlive: true });
  return https().request(url, { agent: connections.https, method, headers, signal });
}

function answerTo(request: ClientRequest, body: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
    request.end(body);
  });
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const RESOLUTION_ERRORS: readonly string[] = ['ENOTFOUND', 'EAI_AGAIN'];

function noAnswer(error: unknown, signal: AbortSignal, window: number): NoAnswer {
  if (signal.aborted) {
    return new NoAnswer('TimedOut', `no answer within ${window / 1000} s`, { cause: error });
  }
  const code = codeOf(error);
  const said = error instanceof Error ? error.message : '';
  const message = [code, said].filter(Boolean).join(': ') || 'the connection failed';
  return new NoAnswer(RESOLUTION_ERRORS.includes(code) ? 'ResolutionError' : 'SocketError', message, {
    cause: error,
  });
}
