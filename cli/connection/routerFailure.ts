/** What the router says, for whoever typed the command. */
import type { Refused, RouterAnswer, Unavailable } from '../../src/jobRouter/answer.ts';
import type { RouterConnection } from '../../src/jobRouter/connection.ts';
import { transportOf } from '../../src/jobRouter/endpoint.ts';
import { CommandFailed, type Failure } from '../terminal/commandFailed.ts';

/**
 * The value of an answer.
 *
 * @param subject what was asked for, as `job job-1`.
 * @throws CommandFailed where there is none.
 */
export function needed<Value>(answer: RouterAnswer<Value>, subject: string): Value {
  if (answer.kind === 'ok') return answer.value;
  throw new CommandFailed(failureOf(answer, subject));
}

/** What to tell of an answer that is none. */
export function failureOf(
  answer: Refused | Unavailable,
  subject: string,
  connection?: RouterConnection,
): Failure {
  return answer.kind === 'refused' ? refusal(answer, subject) : unavailability(answer, subject, connection);
}

function refusal({ reason, status, message }: Refused, subject: string): Failure {
  if (reason === 'notFound') return { message: `There is no ${subject}.` };
  if (reason === 'changed') {
    return { message: `The ${subject} has changed meanwhile.`, fix: 'run the command again' };
  }
  return {
    message: `Job Router refused the request about ${subject} (${status}): ${message || 'it says no more'}`,
  };
}

function unavailability(
  { status, message }: Unavailable,
  subject: string,
  connection?: RouterConnection,
): Failure {
  switch (status) {
    case 401:
      return {
        message: `The router does not accept the ${connection?.kind === 'managedIdentity' ? 'token of your identity' : 'access key'} (401).`,
        fix: 'compare the connection with the keys of the resource',
      };
    case 403:
      return {
        message: 'Your identity may not use this router (403).',
        fix: 'give it a role on the Communication Services resource',
      };
    case undefined:
      return { message: `No answer from ${subject}: ${message.trim()}`, fix: remedyFor(message, connection) };
    default:
      return {
        message: `Job Router did not answer about ${subject}: ${message}`,
        fix: 'try again in a moment',
      };
  }
}

/** What Node says of HTTPS to a server without it, and of HTTP to one with it. */
const otherScheme = /wrong version number|socket hang up/;

function remedyFor(message: string, connection: RouterConnection | undefined): string {
  if (connection?.kind === 'managedIdentity')
    return 'sign in (az login), and compare --endpoint with the resource';
  const isHere = connection !== undefined && isLoopback(connection.endpoint);
  if (isHere && /certificate/i.test(message)) {
    return 'trust the certificate that the emulator names: NODE_EXTRA_CA_CERTS=<path>';
  }
  if (isHere && otherScheme.test(message)) {
    return 'compare http: and https: with the address that the emulator prints';
  }
  return isHere ? 'start the emulator: npx job-router emulator' : 'compare the endpoint with the resource';
}

const isLoopback = (endpoint: string): boolean =>
  transportOf(endpoint.replace(/^https:/, 'http:')) === 'loopbackHttp';
