import type { RequestParameters } from '@azure-rest/core-client';
import { messageOf } from '../input/messageOf.ts';
import { orAborted } from '../orAborted.ts';
import type { RestClient } from './restClient.ts';

/** What came back over the wire, before anybody has judged it. */
export type Heard =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      /** Undefined when there was none, or when it says it is JSON and is not. */
      readonly body: unknown;
    }
  | { readonly kind: 'silence'; readonly why: string };

/** One call on the client. The options belong in its last argument. */
export type Call = (
  client: RestClient,
  options: RequestParameters,
) => PromiseLike<{ readonly body: unknown }>;

/**
 * Makes one call and waits for its answer until `deadline` aborts. Never rejects for what the service, the
 * network or the identity provider does.
 */
export async function exchange(client: RestClient, call: Call, deadline: AbortSignal): Promise<Heard> {
  let answered: Omit<Heard & { kind: 'answered' }, 'body'> | undefined;
  const options: RequestParameters = {
    abortSignal: deadline,
    onResponse: ({ status, rawHeaders }) => {
      answered = { kind: 'answered', status, headers: rawHeaders ?? {} };
    },
  };
  try {
    const { body } = await orAborted(call(client, options), deadline);
    return answered ? { ...answered, body } : { kind: 'silence', why: 'The client reported no answer' };
  } catch (error) {
    if (deadline.aborted) return { kind: 'silence', why: 'No answer in time' };
    // An answer whose JSON does not parse is thrown by the client. Its status and headers still count.
    if (answered) return { ...answered, body: undefined };
    return { kind: 'silence', why: messageOf(error) };
  }
}
