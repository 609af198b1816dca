import { Agent, request as sendRequest } from 'undici';
import { NoAnswer, type OutgoingRequest, type ReceivedAnswer, type Send } from './send.ts';

/** A sender with connections of its own. */
export interface HttpSender {
  readonly send: Send;
  /** Drops every connection; requests under way are rejected. */
  close(): Promise<void>;
}

/** Sends over HTTP with connections that are kept open from one delivery to the next. Follows no redirects. */
export function createHttpSender(): HttpSender {
  const agent = new Agent();

  async function send(request: OutgoingRequest): Promise<ReceivedAnswer> {
    const { method, url, headers, body = null, answerWithinMilliseconds } = request;
    const signal = AbortSignal.timeout(answerWithinMilliseconds);
    try {
      const answer = await sendRequest(url, { dispatcher: agent, method, headers, body, signal });
      return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
    } catch (error) {
      throw noAnswer(error, signal, answerWithinMilliseconds);
    }
  }

  return { send, close: () => agent.destroy() };
}

const RESOLUTION_ERRORS: readonly string[] = ['ENOTFOUND', 'EAI_AGAIN'];

function noAnswer(error: unknown, signal: AbortSignal, window: number): NoAnswer {
  if (signal.aborted) {
    return new NoAnswer('TimedOut', `no answer within ${window / 1000} s`, { cause: error });
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const said = error instanceof Error ? error.message : '';
  const message = [code, said].filter(Boolean).join(': ') || 'the connection failed';
  return new NoAnswer(RESOLUTION_ERRORS.includes(code) ? 'ResolutionError' : 'SocketError', message, {
    cause: error,
  });
}
