import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import type { Endpoint } from '../endpoint.ts';
import { problemResponse } from '../problem.ts';
import { readOptionalBody } from '../readBody.ts';
import { dispositionCode, note } from './actionMembers.ts';
import { answerAction, type JobAction } from './jobAction.ts';
import { jobIdIn } from './jobProblem.ts';

/** What may be said when a job is cancelled. */
export const cancelRequest = z.lazy(() => z.strictObject({ note, dispositionCode }));

async function postCancel(
  request: Pick<HttpRequest, 'body' | 'headers' | 'params'>,
  { router }: { readonly router: JobRouter },
): Promise<HttpResponseInit> {
  const body = await readOptionalBody(request, cancelRequest);
  if (body.kind === 'problem') return problemResponse(body.problem);
  const jobId = jobIdIn(request.params);
  if (jobId.kind === 'problem') return problemResponse(jobId.problem);
  const action: JobAction = {
    jobId: jobId.value,
    wish: 'be cancelled',
    isDone: ({ status }) => status === 'cancelled',
    isPossible: ({ status }) => status !== 'closed',
  };
  return answerAction(action, router, () => router.cancelJob(jobId.value, body.value));
}

/** `POST /api/jobs/{jobId}/cancel`: the job ends without having been worked on. */
export const cancelJobEndpoint: Endpoint = {
  name: 'cancelJob',
  method: 'POST',
  route: 'jobs/{jobId}/cancel',
  level: 'function',
  roles: ['Jobs.Submit'],
  answer: (request, { app }) => postCancel(request, app),
};
