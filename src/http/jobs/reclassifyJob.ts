import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import type { Endpoint } from '../endpoint.ts';
import { problemResponse } from '../problem.ts';
import { readOptionalBody } from '../readBody.ts';
import { answerAction, type JobAction } from './jobAction.ts';
import { jobIdIn } from './jobProblem.ts';

/** The service takes no options for it. */
export const reclassifyRequest = z.lazy(() => z.strictObject({}));

/** Where a job is with somebody, or has ended, its queue means nothing any more. */
const settled = ['assigned', 'completed', 'closed', 'cancelled'];

async function postReclassify(
  request: Pick<HttpRequest, 'body' | 'headers' | 'params'>,
  { router }: { readonly router: JobRouter },
): Promise<HttpResponseInit> {
  const body = await readOptionalBody(request, reclassifyRequest);
  if (body.kind === 'problem') return problemResponse(body.problem);
  const jobId = jobIdIn(request.params);
  if (jobId.kind === 'problem') return problemResponse(jobId.problem);
  const action: JobAction = {
    jobId: jobId.value,
    wish: 'be classified again',
    isDone: () => false,
    isPossible: ({ status = '' }) => !settled.includes(status),
  };
  return answerAction(action, router, () => router.reclassifyJob(jobId.value));
}

/** `POST /api/jobs/{jobId}/reclassify`: its classification policy chooses anew. Takes effect a moment after the answer. */
export const reclassifyJobEndpoint: Endpoint = {
  name: 'reclassifyJob',
  method: 'POST',
  route: 'jobs/{jobId}/reclassify',
  level: 'function',
  roles: ['Jobs.Submit'],
  answer: (request, { app }) => postReclassify(request, app),
};
