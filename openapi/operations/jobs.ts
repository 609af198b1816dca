import * as z from 'zod';
import { jobRequest } from '../../src/http/jobs/jobRequest.ts';
import { resourceId } from '../../src/jobRouter/wire.ts';
import { job } from '../answers/job.ts';
import { json, type Operation } from '../operation.ts';

const path = z.object({ jobId: resourceId.meta({ example: 'job-1' }) });

/** Of jobs. */
export const jobOperations: Readonly<Record<string, Operation>> = {
  submitJob: {
    tag: 'Jobs',
    summary: 'Submit a job',
    body: { required: true, content: { 'application/json': { schema: jobRequest } } },
    answers: {
      200: json('The job was there already, with this content.', job),
      201: json('The job is submitted.', job, {
        headers: z.object({ Location: z.string().describe('The path of the job.') }),
      }),
    },
    problems: ['jobExists'],
    asks: 'router',
  },
  getJob: {
    tag: 'Jobs',
    summary: 'Show a job',
    path,
    answers: { 200: json('The job.', job) },
    problems: ['jobNotFound'],
    asks: 'router',
  },
};
