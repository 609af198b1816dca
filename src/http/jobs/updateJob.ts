import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import { type ChangeParts, changeResource } from '../changeResource.ts';
import type { Endpoint } from '../endpoint.ts';
import { problemResponse } from '../problem.ts';
import { readBody } from '../readBody.ts';
import { readIfMatch } from '../readHeaders.ts';
import { wrongStatus } from './jobAction.ts';
import { jobIdIn } from './jobProblem.ts';
import { jobPatch } from './jobRequest.ts';
import { explainJobs } from './references.ts';

async function patchJob(
  request: Pick<HttpRequest, 'body' | 'headers' | 'params'>,
  parts: ChangeParts & { readonly router: JobRouter },
): Promise<HttpResponseInit> {
  const ifMatch = readIfMatch(request);
  if (ifMatch.kind === 'problem') return problemResponse(ifMatch.problem);
  const body = await readBody(request, jobPatch);
  if (body.kind === 'problem') return problemResponse(body.problem);
  const jobId = jobIdIn(request.params);
  if (jobId.kind === 'problem') return problemResponse(jobId.problem);
  const id = jobId.value;
  const { router } = parts;

  return changeResource(
    {
      thing: `jobs/${id}`,
      subject: `Job "${id}"`,
      read: () => router.getJob(id),
      write: (condition) => router.updateJob(id, body.value, condition),
      async explain(answer) {
        const isLooked = answer.kind === 'refused' && answer.reason !== 'notFound';
        const job = isLooked ? await router.getJob(id) : undefined;
        return job?.kind === 'ok' && ['closed', 'cancelled'].includes(job.value.status ?? '')
          ? wrongStatus(job.value, 'be updated')
          : explainJobs(router)(answer, id, body.value, []);
      },
    },
    ifMatch.value,
    parts,
  );
}

/** `PATCH /api/jobs/{jobId}`: a merge patch of a job that has not ended, under the ETag in `If-Match` where one is given. */
export const updateJobEndpoint: Endpoint = {
  name: 'updateJob',
  method: 'PATCH',
  route: 'jobs/{jobId}',
  level: 'function',
  roles: ['Jobs.Submit'],
  answer: (request, { app }) => patchJob(request, app),
};
