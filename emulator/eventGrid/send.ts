/** The port through which everything leaves: handshakes and deliveries. */

/** How long the service waits for an answer, to a handshake and to a delivery alike (documented). */
export const ANSWER_WINDOW_MILLISECONDS = 30_000;

export interface OutgoingRequest {
  readonly method: 'POST' | 'OPTIONS';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * After this long without a whole answer the sender gives up with `NoAnswer('TimedOut')`. It is the sender that
   * measures, because an endpoint takes real time even where the emulator's clock stands still.
   */
  readonly answerWithinMilliseconds: number;
}

export interface ReceivedAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Resolves with whatever status came back; rejects, best with `NoAnswer`, when nothing did. */
export type Send = (request: OutgoingRequest) => Promise<ReceivedAnswer>;

/** Named as Event Grid names what keeps an endpoint from answering. */
export type NoAnswerReason = 'TimedOut' | 'SocketError' | 'ResolutionError';

/** Nothing came back; `reason` says why and `cause` has the original error. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly reason: NoAnswerReason;

  constructor(reason: NoAnswerReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** What came of a request, as a value: a failing endpoint is everyday business here. */
export type SendOutcome =
  | { readonly kind: 'answered'; readonly answer: ReceivedAnswer }
  | { readonly kind: 'unanswered'; readonly reason: NoAnswerReason; readonly message: string };

export async function outcomeOf(send: Send, request: OutgoingRequest): Promise<SendOutcome> {
  try {
    return { kind: 'answered', answer: await send(request) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'unanswered', reason: error instanceof NoAnswer ? error.reason : 'SocketError', message };
  }
}
