import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { inputProblems } from '../../input/inputProblems.ts';
import { idFrom, type JobId } from '../../jobRouter/ids.ts';
import type { Caller } from '../caller.ts';
import type { Endpoint } from '../endpoint.ts';
import { etagHeader } from '../etagHeader.ts';
import { problemResponse } from '../problem.ts';
import { invalidBody, readJsonBody } from '../readBody.ts';
import { readIdempotencyKey } from '../readHeaders.ts';
import { endOfRequest } from '../requestTime.ts';
import { idUnderKey, type Repeatable, repeatable } from './idempotency.ts';
import { jobRequest } from './jobRequest.ts';
import { explainJobs } from './references.ts';
import { lookFor, type Submitted, turnsOf, write } from './submission.ts';
import { type SubmissionParts, submitJobs } from './submitJobs.ts';

/**
 * Submits the job in the body, or a list of them. A request whose answer was lost may be sent again: a job with an id is
 * found by it, and under an `Idempotency-Key` all are found that are still there.
 */
async function postJobs(
  request: Pick<HttpRequest, 'body' | 'headers' | 'url'>,
  caller: Caller,
  parts: SubmissionParts,
): Promise<HttpResponseInit> {
  const key = readIdempotencyKey(request);
  if (key.kind === 'problem') return problemResponse(key.problem);
  const body = await readJsonBody(request);
  if (body.kind === 'problem') return problemResponse(body.problem);
  const again = key.value === undefined ? undefined : repeatable(key.value, ownerOf(caller), body.value);
  return Array.isArray(body.value)
    ? submitJobs(body.value, again, parts)
    : submitOne(body.value, again, request, parts);
}

const ownerOf = (caller: Caller): string => (caller.kind === 'signedIn' ? (caller.id ?? '') : '');

async function submitOne(
  body: unknown,
  again: Repeatable | undefined,
  { url }: Pick<HttpRequest, 'url'>,
  { router, clock, newId, turns }: SubmissionParts,
): Promise<HttpResponseInit> {
  const read = jobRequest.safeParse(body);
  if (!read.success) return problemResponse(invalidBody(inputProblems(read.error, body)));
  const { id: given, ...job } = read.data;
  const id = idFrom<JobId>(given ?? (again ? idUnderKey(again, 0) : newId()));
  const mayExist = given !== undefined || again !== undefined;
  const submission = { id, job, mayExist, request: again, place: [] };
  return turns.take(turnsOf([submission]), endOfRequest(clock.now()), async () => {
    const found = await lookFor(submission, router);
    return answerWith(found ?? (await write(submission, router, explainJobs(router))), id, url);
  });
}

function answerWith(settled: Submitted, id: JobId, url: string): HttpResponseInit {
  if (settled.kind === 'problem') return problemResponse(settled.problem);
  const location = `${new URL(url).pathname.replace(/\/$/, '')}/${encodeURIComponent(id)}`;
  const headers = { location, ...etagHeader(settled.job) };
  return { status: settled.kind === 'created' ? 201 : 200, headers, jsonBody: settled.job };
}

/** `POST /api/jobs`. */
export const submitJobEndpoint: Endpoint = {
  name: 'submitJob',
  method: 'POST',
  route: 'jobs',
  level: 'function',
  roles: ['Jobs.Submit'],
  answer: (request, { app, caller }) => postJobs(request, caller, app),
};
