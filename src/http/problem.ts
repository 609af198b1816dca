import type { HttpResponseInit } from '@azure/functions';
import type { InputProblem } from '../input/inputProblems.ts';

/** Everything the app's HTTP surface can refuse with. The names are part of each problem's `type`. */
const problemTitles = {
  notSignedIn: 'Nobody is signed in',
  notAllowed: 'This is for others to do',
  notJson: 'The body is not JSON',
  bodyTooLarge: 'The body is too large',
  encodedBody: 'The body is encoded',
  invalidBody: 'The body does not say what it has to',
  invalidQuery: 'The query does not say what it has to',
  invalidHeader: 'A header does not say what it has to',
  tooManyItems: 'There are too many items',
  duplicateId: 'The id stands twice',
  idempotencyKeyReused: 'The key belongs to another request',
  unknownReference: 'What is named does not exist',
  changedMeanwhile: 'It is no longer as it was',
  wrongStatus: 'The job is in another status',
  outOfTime: 'The time of the request was over',
  contended: 'Others change it at the same time',
  jobNotFound: 'There is no such job',
  jobExists: 'The id belongs to another job',
  assignmentNotFound: 'There is no such assignment',
  workerNotFound: 'There is no such worker',
  offerNotFound: 'There is no such offer',
  queueNotFound: 'There is no such queue',
  assetNotFound: 'There is no such file',
  operationNotFound: 'There is no such operation',
  tooManyOperations: 'Too much is being applied',
  notAcceptable: 'There is no such form of it',
  routerRefused: 'Job Router refused this',
  routerRejectsCredentials: "Job Router rejects the app's credentials",
  routerUnavailable: 'Job Router does not answer',
  storageUnavailable: 'The storage account does not answer',
  misconfigured: 'The settings of the app are wrong',
  internal: 'The app failed',
} as const;

/** One of the names above. */
export type ProblemName = keyof typeof problemTitles;

/** All of them. */
export const problemNames: readonly string[] = Object.keys(problemTitles);

/** One thing that is wrong with a request: in its body, in its query, or in a header. */
export type RequestProblem =
  | InputProblem
  | { readonly parameter: string; readonly detail: string }
  | { readonly header: string; readonly detail: string };

/** A refusal as RFC 9457 has it, with the members this app adds. */
export interface Problem {
  readonly name: ProblemName;
  readonly status: number;
  readonly detail: string;
  /** What is wrong with the request, all of it. */
  readonly errors?: readonly RequestProblem[];
  /** How long to wait before the same request may pass. Goes into the header. */
  readonly retryAfterSeconds?: number;
  /** Members beyond the standard ones. */
  readonly also?: Readonly<Record<string, unknown>>;
}

const problemType = (name: ProblemName): string => `urn:problem-type:job-router-functions:${name}`;

/** The refusal as a document. */
export const problemBody = ({ name, status, detail, errors, also }: Problem) => ({
  type: problemType(name),
  title: problemTitles[name],
  status,
  detail,
  ...(errors === undefined ? {} : { errors }),
  ...also,
});

/** The refusal as an HTTP answer. */
export function problemResponse(problem: Problem) {
  const { status, retryAfterSeconds } = problem;
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
  // The header takes whole seconds; a caller that comes a moment later is welcome, an early one is not.
  if (retryAfterSeconds !== undefined) headers['retry-after'] = String(Math.ceil(retryAfterSeconds));
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  return { status, headers, body: JSON.stringify(problemBody(problem)) } satisfies HttpResponseInit;
}

/** The refusal of what had no turn in its time. The router was not asked for it, so it may be sent again as it is. */
export const outOfTime: Problem = {
  name: 'outOfTime',
  status: 503,
  detail: 'The time of the request was over before its turn came. Nothing was done for it; send it again.',
  retryAfterSeconds: 1,
};

/** The refusal of a change to what is no longer as the caller has read it. */
export const changedMeanwhile = (subject: string): Problem => ({
  name: 'changedMeanwhile',
  status: 412,
  detail: `${subject} was changed since. Read it again, and change what it is now.`,
});

/** The refusal of a change without an ETag, where others wrote in between each time: it is nobody's mistake. */
export const contended = (subject: string): Problem => ({
  name: 'contended',
  status: 503,
  detail: `Others changed ${subject} each time before this request could. Send it again.`,
  retryAfterSeconds: 1,
});
