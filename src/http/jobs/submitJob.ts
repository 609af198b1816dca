import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { idFrom, type JobId } from '../../jobRouter/ids.ts';
import { jobInput } from '../../jobRouter/inputs/jobInput.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import { type Job, resourceId } from '../../jobRouter/wire.ts';
import { isJobAsked } from '../../routing/compare/isJobAsked.ts';
import type { Endpoint } from '../endpoint.ts';
import { type Problem, problemResponse } from '../problem.ts';
import { readBody } from '../readBody.ts';
import { routerProblem } from '../routerProblem.ts';

const jobRequest = jobInput.safeExtend({ id: resourceId.optional() });

/** What submitting a job needs. */
export interface SubmissionParts {
  readonly router: JobRouter;
  /** A fresh id, for a request that brings none. */
  readonly newId: () => string;
}

/**
 * Submits a job. A request that brings an id may be sent again when its answer was lost: the same id with the
 * same content answers with the job as it is by then, the same id with other content is refused.
 */
export async function postJob(
  request: Pick<HttpRequest, 'body' | 'url'>,
  { router, newId }: SubmissionParts,
): Promise<HttpResponseInit> {
  const body = await readBody(request, jobRequest);
  if (body.kind === 'problem') return problemResponse(body.problem);
  const { id = newId(), ...input } = body.value;
  const jobId = idFrom<JobId>(id);

  if (body.value.id !== undefined) {
    const earlier = await router.getJob(jobId);
    if (earlier.kind === 'ok') {
      return isJobAsked(input, earlier.value)
        ? jobResponse(200, earlier.value)
        : problemResponse(jobExists(id, earlier.value));
    }
    const isFree = earlier.kind === 'refused' && earlier.reason === 'notFound';
    if (!isFree) return problemResponse(routerProblem(earlier, `job ${id}`));
  }

  const written = await router.upsertJob(jobId, input);
  if (written.kind !== 'ok') return problemResponse(routerProblem(written, `job ${id}`));
  // Between the question and the write somebody else may have submitted it. The router merges the two, and
  // has no condition that would prevent it; the answer at least does not claim a creation.
  if (!written.value.created) return jobResponse(200, written.value.resource);
  const location = `${new URL(request.url).pathname.replace(/\/$/, '')}/${encodeURIComponent(id)}`;
  return { ...jobResponse(201, written.value.resource), headers: { location } };
}

const jobResponse = (status: 200 | 201, job: Job): HttpResponseInit => ({ status, jsonBody: job });

const jobExists = (id: string, { status }: Job): Problem => ({
  name: 'jobExists',
  status: 409,
  detail: `Job "${id}" exists with other content${status ? ` and is ${status}` : ''}. Use a new id, or delete that job first.`,
});

/** `POST /api/jobs`. */
export const submitJobEndpoint: Endpoint = {
  name: 'submitJob',
  method: 'POST',
  route: 'jobs',
  level: 'function',
  roles: ['Jobs.Submit'],
  answer: (request, { app }) => postJob(request, app),
};
