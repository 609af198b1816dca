import type { RefusalReason, Refused, Unavailable } from '../jobRouter/answer.ts';
import type { Problem } from './problem.ts';

/**
 * What a caller of the app is told when Job Router did not do what it was asked. The one table of it:
 *
 * | Job Router            | The caller gets |
 * |-----------------------|-----------------|
 * | 401, 403              | 502: it is the app that was turned away, and only its owner can mend that |
 * | 408, 429, 5xx, silence, a write race, no request budget | 503, with Retry-After when a time is known |
 * | 404                   | 404 |
 * | 409                   | 409 |
 * | any other 4xx         | 400 |
 *
 * `subject` names what the call was about, as "job job-1".
 */
export function routerProblem(answer: Refused | Unavailable, subject: string): Problem {
  return answer.kind === 'refused' ? refusal(answer, subject) : unavailability(answer, subject);
}

const refusalStatus: Record<RefusalReason, number> = {
  notFound: 404,
  conflict: 409,
  changed: 400,
  other: 400,
};

function refusal({ reason, message }: Refused, subject: string): Problem {
  const said = message ? `: ${message}` : '.';
  return {
    name: 'routerRefused',
    status: refusalStatus[reason],
    detail: `Job Router refused the request about ${subject}${said}`,
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
  const problem: Problem = {
    name: 'routerUnavailable',
    status: 503,
    detail: `Job Router did not answer about ${subject}: ${answer.message}`,
  };
  return answer.retryAfterSeconds === undefined
    ? problem
    : { ...problem, retryAfterSeconds: answer.retryAfterSeconds };
}
