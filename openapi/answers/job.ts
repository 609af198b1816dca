import * as z from 'zod';
import { job as heldJob, jobPosition } from '../../src/jobRouter/wire.ts';
import { problem } from '../problems.ts';
import { pageOf } from './page.ts';

/** A job as the router holds it. */
export const job = heldJob.meta({
  id: 'Job',
  description:
    'A job as Job Router holds it (api-version 2023-11-01). Members that newer versions add are passed on.',
});

const step = z.object({
  step: z.enum(['assigned', 'completed', 'closed']),
  at: z.string(),
  assignmentId: z.string(),
  workerId: z.string().optional(),
  byRule: z
    .boolean()
    .optional()
    .describe('Whether the rule has the app do this. Absent: the rule is not known.'),
});

/** A job with what the app knows about it. */
export const shownJob = heldJob
  .extend({
    position: jobPosition
      .omit({ jobId: true, queueId: true })
      .optional()
      .describe('Where it stands in its queue, while it waits there.'),
    rule: z
      .object({ name: z.string() })
      .nullable()
      .optional()
      .describe('The rule that is about it; null: none is.'),
    ruleUnknown: z.string().optional().describe('In place of the rule: why it cannot be said.'),
    automation: z
      .object({
        steps: z.array(step),
        workRefusals: z
          .number()
          .optional()
          .describe('How often its work was refused, and the job given back.'),
        workLeftToPerson: z.string().optional().describe('The assignment that waits for a person.'),
      })
      .describe('What has become of it.'),
  })
  .meta({
    id: 'ShownJob',
    description: 'A job, where it stands, which rule is about it, and what has become of it.',
  });

/** A page of jobs. */
export const jobPage = pageOf(job).meta({ id: 'JobPage' });

const itemMembers = {
  index: z.int().describe('Where the job stands in the request.'),
  id: z
    .string()
    .optional()
    .describe('The id of the job, its own or a new one. Absent: the entry could not be read.'),
  status: z.int().describe('What a request with this job alone would have been answered.'),
};

/** What became of each job of a request. */
export const submittedJobs = z
  .object({
    items: z.array(z.union([z.object({ ...itemMembers, job }), z.object({ ...itemMembers, problem })])),
  })
  .meta({ id: 'SubmittedJobs' });

/** What became of something that was asked to be done with a job. */
export const actedOn = z
  .object({
    jobId: z.string(),
    assignmentId: z.string().optional(),
    alreadyDone: z.literal(true).optional().describe('It was so before, and nothing had to be done.'),
    job: job.optional().describe('As it is now. Absent: it is deleted, or not for the caller to see.'),
  })
  .meta({ id: 'ActedOn' });
