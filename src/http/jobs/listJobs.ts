import * as z from 'zod';
import { jobStatusFilters } from '../../jobRouter/jobStatuses.ts';
import { resourceId } from '../../jobRouter/wire.ts';
import { answerPage, pageParameters } from '../answerPage.ts';
import type { Endpoint } from '../endpoint.ts';

const instant = z.iso.datetime({ offset: true });

/** Which jobs are listed. All filters that are given must hold. */
export const jobQuery = z.lazy(() =>
  z.strictObject({
    ...pageParameters,
    status: z
      .enum(jobStatusFilters)
      .exactOptional()
      .describe('"active" is every job that has not ended. Default: "all".'),
    queueId: resourceId.exactOptional(),
    channelId: z.string().min(1).exactOptional(),
    classificationPolicyId: resourceId.exactOptional(),
    scheduledBefore: instant.exactOptional().describe('Inclusive. Leaves out jobs without a schedule.'),
    scheduledAfter: instant.exactOptional().describe('Inclusive. Leaves out jobs without a schedule.'),
  }),
);

/** `GET /api/jobs`: the jobs that the router holds, newest first. */
export const listJobsEndpoint: Endpoint = {
  name: 'listJobs',
  method: 'GET',
  route: 'jobs',
  level: 'function',
  roles: ['Jobs.Read', 'Jobs.Submit'],
  answer: (request, { app }) =>
    answerPage('jobs', request, jobQuery, (filters, next) => app.router.listJobs(filters, next)),
};
