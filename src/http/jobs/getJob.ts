import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { idFrom } from '../../jobRouter/ids.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import { resourceId } from '../../jobRouter/wire.ts';
import type { Endpoint } from '../endpoint.ts';
import { type Problem, problemResponse } from '../problem.ts';
import { routerProblem } from '../routerProblem.ts';

/** The job as the router holds it. */
export async function readJob(
  { params }: Pick<HttpRequest, 'params'>,
  { router }: { readonly router: JobRouter },
): Promise<HttpResponseInit> {
  const id = params.jobId ?? '';
  // An id that cannot be one names no job; the router need not be asked.
  if (!resourceId.safeParse(id).success) return problemResponse(jobNotFound(id));
  const answer = await router.getJob(idFrom(id));
  if (answer.kind === 'ok') return { status: 200, jsonBody: answer.value };
  const isUnknown = answer.kind === 'refused' && answer.reason === 'notFound';
  return problemResponse(isUnknown ? jobNotFound(id) : routerProblem(answer, `job ${id}`));
}

const jobNotFound = (id: string): Problem => ({
  name: 'jobNotFound',
  status: 404,
  detail: `Job Router has no job "${id}". Jobs are deleted once they are closed where a rule says so.`,
});

/** `GET /api/jobs/{jobId}`. */
export const getJobEndpoint: Endpoint = {
  name: 'getJob',
  method: 'GET',
  route: 'jobs/{jobId}',
  level: 'function',
  roles: ['Jobs.Read', 'Jobs.Submit'],
  answer: (request, { app }) => readJob(request, app),
};
