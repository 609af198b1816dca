import type { RefusalReason, Refused, Unavailable } from '../jobRouter/answer.ts';
import type { Problem } from './problem.ts';

/**
 * What a caller of the app is told when Job Router did not do what it was asked. The one table of it:
 *
 * | Job Router            | The caller gets |
 * |-----------------------|-----------------|
 * | 401, 403              | 502: it is the app that was turned away, and only its owner can mend that |
 * | 408, 429, 5xx, silence, a write race, no request budget | 503, with the Retry-After of the router, or one of ours |
 * | 404                   | 404 |
 * | 409                   | 409 |
 * | 412                   | 412 |
 * | any other 4xx         | 400 |
 *
 * Neither tells where the router is or how the app gets there: what a client library says of a failure may hold both.
 * `subject` names what the call was about, as "job job-1".
 */
export function routerProblem(answer: Refused | Unavailable, subject: string): Problem {
  return answer.kind === 'refused' ? refusal(answer, subject) : unavailability(answer, subject);
}

const refusalStatus: Record<RefusalReason, number> = {
  notFound: 404,
  conflict: 409,
  changed: 412,
  other: 400,
};

function refusal({ reason, message }: Refused, subject: string): Problem {
  const said = tellable(message);
  return {
    name: 'routerRefused',
    status: refusalStatus[reason],
    detail: `Job Router refused the request about ${subject}${said ? `: ${said}` : '.'}`,
  };
}

function unavailability(answer: Unavailable, subject: string): Problem {
  if (answer.status === 401 || answer.status === 403) {
    return {
      name: 'routerRejectsCredentials',
      status: 502,
      detail:
        answer.status === 401
          ? 'Job Router does not accept the access key or identity of this app. Compare it with the resource, and try again.'
          : 'The identity of this app may not use Job Router. Give it a role on the resource, and try again.',
    };
  }
  const why = reasonIn(answer);
  const unnamed = answer.status === 429 ? THROTTLED_PAUSE_SECONDS : FAILED_PAUSE_SECONDS;
  return {
    name: 'routerUnavailable',
    status: 503,
    detail: `Job Router did not answer about ${subject}${why ? `: ${why}` : '.'}`,
    retryAfterSeconds: answer.retryAfterSeconds ?? unnamed,
  };
}

/** What is said to whoever asks too much where the router names no time. The app itself is silent for as long. */
const THROTTLED_PAUSE_SECONDS = 1;

/**
 * The same where the router failed, or was silent: the app has asked it again for seconds by then, and the longest of its
 * own pauses would have been next.
 */
const FAILED_PAUSE_SECONDS = 5;

/** The longest text of the service that is handed on. */
const LONGEST_TEXT = 300;

/** An address, the name of a host, or something as long and dense as a key. */
const secretive =
  /:\/\/|\b[\w-]+(?:\.[\w-]+)+\.(?:com|net|us|cn|de)\b|\b\d+(?:\.\d+){3}\b|[A-Za-z0-9+/]{40,}/;

/** What the service says about a request, where it is about the request: it checks more than the app does. */
function tellable(message: string): string | undefined {
  const text = message.replaceAll(/\s+/g, ' ').trim();
  return text === '' || text.length > LONGEST_TEXT || secretive.test(text) ? undefined : text;
}

/** Names of what keeps two machines apart: ECONNREFUSED, ENOTFOUND, CERT_HAS_EXPIRED. */
const failureCode = /\b(?:E[A-Z]{4,}|[A-Z]+(?:_[A-Z]+)+)\b/;

const budgetOrTime = [
  'No answer in time',
  'No time was left to ask',
  'The request budget of this app is used up',
];

function reasonIn({ status, message }: Unavailable): string | undefined {
  if (budgetOrTime.includes(message)) return `${message.charAt(0).toLowerCase()}${message.slice(1)}.`;
  if (status === 429) return 'it is asked too much at the moment.';
  if (status !== undefined) return `it answered ${status}.`;
  return failureCode.exec(message)?.[0];
}
