/** Many jobs in one request: each has an end of its own, and none keeps another from it. */
import type { HttpResponseInit } from '@azure/functions';
import type { Clock } from '../../clock.ts';
import { inputProblems, pointerTo } from '../../input/inputProblems.ts';
import { idFrom, type JobId } from '../../jobRouter/ids.ts';
import { CALLS_AT_ONCE, inParallel } from '../../jobRouter/inParallel.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import { outOfTime, type Problem, problemBody, problemResponse } from '../problem.ts';
import { invalidBody } from '../readBody.ts';
import { endOfRequest, withinRequest } from '../requestTime.ts';
import type { Turns } from '../turns.ts';
import { idUnderKey, type Repeatable } from './idempotency.ts';
import { jobRequest, MOST_JOBS } from './jobRequest.ts';
import { explainJobs } from './references.ts';
import { keyReused, lookFor, type Submission, type Submitted, turnsOf, write } from './submission.ts';

/** What submitting jobs needs. */
export interface SubmissionParts {
  readonly router: JobRouter;
  readonly clock: Pick<Clock, 'now'>;
  readonly turns: Turns;
  /** A fresh id, for a job that brings none. */
  readonly newId: () => string;
}

/** One entry of the body, and what is known of it so far. */
interface Item {
  readonly id?: JobId;
  readonly submission?: Submission;
  readonly end?: Submitted;
}

/**
 * Submits every job of a list, and answers 207 with what became of each, in its order. A key that came with another body is
 * refused for the whole list, before anything is written.
 */
export async function submitJobs(
  body: readonly unknown[],
  request: Repeatable | undefined,
  parts: SubmissionParts,
): Promise<HttpResponseInit> {
  const countProblem = problemOfCount(body.length);
  if (countProblem) return problemResponse(countProblem);

  const end = endOfRequest(parts.clock.now());
  const items = itemsOf(body, request, parts.newId);
  const things = turnsOf(items.flatMap(({ submission = [] }) => submission));
  return parts.turns.take(things, end, () => submitItems(items, end, parts));
}

async function submitItems(
  items: readonly Item[],
  end: Date,
  { router, clock }: SubmissionParts,
): Promise<HttpResponseInit> {
  const inTime = withinRequest(router.inLane('bulk'), end);
  const explain = explainJobs(inTime);
  const isOver = () => clock.now() >= end;

  const looked = await inParallel(items, CALLS_AT_ONCE, async (item) => {
    if (item.submission === undefined) return item;
    const found = isOver() ? late : await lookFor(item.submission, inTime);
    return found === undefined ? item : { ...item, end: found };
  });
  if (looked.some(({ end: found }) => found?.kind === 'problem' && found.problem === keyReused)) {
    return problemResponse(keyReused);
  }
  const ends = await inParallel(looked, CALLS_AT_ONCE, async ({ id, submission, end: found }) => {
    const settled = found ?? (submission && !isOver() ? await write(submission, inTime, explain) : late);
    return { id, settled };
  });
  return { status: 207, ...retryAfter(ends), jsonBody: { items: ends.map(answerOf) } };
}

function problemOfCount(count: number): Problem | undefined {
  if (count === 0) return invalidBody([{ pointer: '', detail: 'expected at least 1 entry' }]);
  if (count <= MOST_JOBS) return undefined;
  const detail = `One request may submit ${MOST_JOBS} jobs, and this one has ${count}.`;
  return { name: 'tooManyItems', status: 413, detail };
}

/** Reads each entry by itself. Of those with the same id the first one counts. */
function itemsOf(body: readonly unknown[], request: Repeatable | undefined, newId: () => string): Item[] {
  const seen = new Map<string, number>();
  return body.map((entry, index) => {
    const read = jobRequest.safeParse(entry);
    if (!read.success) {
      const errors = inputProblems(read.error, entry).map((error) => ({
        ...error,
        pointer: `${pointerTo([index])}${error.pointer}`,
      }));
      return { end: { kind: 'problem', problem: invalidBody(errors) } };
    }
    const { id: given, ...job } = read.data;
    const id = idFrom<JobId>(given ?? (request ? idUnderKey(request, index) : newId()));
    const first = seen.get(id);
    if (first !== undefined) return { id, end: { kind: 'problem', problem: duplicateId(id, first) } };
    seen.set(id, index);
    const mayExist = given !== undefined || request !== undefined;
    return { id, submission: { id, job, mayExist, request, place: [index] } };
  });
}

const duplicateId = (id: JobId, first: number): Problem => ({
  name: 'duplicateId',
  status: 409,
  detail: `The job at index ${first} of this request has the id "${id}" too.`,
});

const late: Submitted = { kind: 'problem', problem: outOfTime };

interface End {
  readonly id: JobId | undefined;
  readonly settled: Submitted;
}

function answerOf({ id, settled }: End, index: number) {
  const place = { index, ...(id !== undefined && { id }) };
  if (settled.kind !== 'problem') {
    return { ...place, status: settled.kind === 'created' ? 201 : 200, job: settled.job };
  }
  return { ...place, status: settled.problem.status, problem: problemBody(settled.problem) };
}

/** When all that may yet succeed may be sent again. */
function retryAfter(ends: readonly End[]): { readonly headers?: Record<string, string> } {
  const seconds = ends.flatMap(({ settled }) =>
    settled.kind === 'problem' ? (settled.problem.retryAfterSeconds ?? []) : [],
  );
  return seconds.length === 0 ? {} : { headers: { 'retry-after': String(Math.ceil(Math.max(...seconds))) } };
}
