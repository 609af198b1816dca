import * as z from 'zod';
import { cancelRequest } from '../../src/http/jobs/cancelJob.ts';
import { closeRequest } from '../../src/http/jobs/closeAssignment.ts';
import { completeRequest } from '../../src/http/jobs/completeAssignment.ts';
import { jobPatch, jobRequest, MOST_JOBS } from '../../src/http/jobs/jobRequest.ts';
import { jobQuery } from '../../src/http/jobs/listJobs.ts';
import { reclassifyRequest } from '../../src/http/jobs/reclassifyJob.ts';
import { unassignRequest } from '../../src/http/jobs/unassignJob.ts';
import { resourceId } from '../../src/jobRouter/wire.ts';
import { actedOn, job, jobPage, shownJob, submittedJobs } from '../answers/job.ts';
import { idempotencyKey, ifMatch, link, withEtag } from '../headers.ts';
import { json, type Operation, optionalBody } from '../operation.ts';
import { retryAfter } from '../problems.ts';

const path = z.object({ jobId: resourceId.meta({ example: 'job-1' }) });

const submitted = jobRequest.unwrap().meta({ id: 'JobRequest' });
const location = z.object({ Location: z.string().describe('The path of the job.') });

const example = {
  id: 'job-1',
  channelId: 'voice',
  queueId: 'queue-1',
  priority: 5,
  requestedWorkerSelectors: [{ key: 'language', labelOperator: 'equal', value: 'en' }],
  labels: { vip: true },
};

/** What is done with a job answers in one way, and can go wrong in one way. */
const action = {
  tag: 'Jobs',
  path,
  answers: { 200: json('It is done; the job as it is now.', actedOn) },
  asks: 'router',
} as const satisfies Partial<Operation>;

const ofAssignment = ['jobNotFound', 'assignmentNotFound', 'wrongStatus'] as const;

/** Of jobs. */
export const jobOperations: Readonly<Record<string, Operation>> = {
  submitJob: {
    tag: 'Jobs',
    summary: 'Submit a job, or many',
    description:
      `One job, or a list of up to ${MOST_JOBS.toLocaleString('en')}. Each job of a list has an end of its own, under \`items\`. A request whose answer was lost ` +
      'may be sent again: a job is found by its id, and under an `Idempotency-Key` all are found that are still there.',
    header: idempotencyKey,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.union([submitted, z.array(submitted).min(1).max(MOST_JOBS)]),
          examples: {
            one: { summary: 'One job', value: example },
            many: {
              summary: 'Many jobs',
              value: [example, { channelId: 'chat', classificationPolicyId: 'by-language' }],
            },
          },
        },
      },
    },
    answers: {
      200: json('The job was there already, as it was asked for.', job, {
        headers: location.extend(withEtag.shape),
      }),
      201: json('The job is submitted.', job, { headers: location.extend(withEtag.shape) }),
      207: json('A list: what became of each job, in its order.', submittedJobs, { headers: retryAfter }),
    },
    problems: [
      'tooManyItems',
      'idempotencyKeyReused',
      'unknownReference',
      'jobExists',
      'jobNotFound',
      'outOfTime',
    ],
    asks: 'router',
  },
  listJobs: {
    tag: 'Jobs',
    summary: 'List jobs',
    description: 'Newest first, a page at a time. The filters travel in the token of the next page.',
    query: jobQuery.unwrap(),
    answers: { 200: json('A page.', jobPage, { headers: link }) },
    asks: 'router',
  },
  getJob: {
    tag: 'Jobs',
    summary: 'Show a job',
    description: 'With its position while it waits, the rule that is about it, and what has become of it.',
    path,
    answers: { 200: json('The job.', shownJob, { headers: withEtag }) },
    problems: ['jobNotFound'],
    asks: 'router',
  },
  updateJob: {
    tag: 'Jobs',
    summary: 'Change a job that has not ended',
    description: 'A merge patch (RFC 7396): what is not named stays, null removes.',
    path,
    header: ifMatch,
    body: {
      required: true,
      content: {
        'application/json': { schema: jobPatch.unwrap().meta({ id: 'JobPatch' }), example: { priority: 10 } },
        'application/merge-patch+json': { schema: jobPatch.unwrap().meta({ id: 'JobMergePatch' }) },
      },
    },
    answers: { 200: json('The job as it is now.', job, { headers: withEtag }) },
    problems: [
      'jobNotFound',
      'unknownReference',
      'wrongStatus',
      'changedMeanwhile',
      'contended',
      'outOfTime',
    ],
    asks: 'router',
  },
  cancelJob: {
    ...action,
    summary: 'Cancel a job',
    description: 'It ends without having been worked on.',
    body: optionalBody(cancelRequest.unwrap(), { note: 'The caller hung up.', dispositionCode: 'Abandoned' }),
    problems: ['jobNotFound', 'wrongStatus'],
  },
  reclassifyJob: {
    ...action,
    summary: 'Have a job classified again',
    description: 'Its classification policy chooses anew, a moment after the answer.',
    body: optionalBody(reclassifyRequest.unwrap(), {}),
    problems: ['jobNotFound', 'wrongStatus'],
  },
  completeAssignment: {
    ...action,
    summary: 'Complete an assignment',
    description: 'The work is done. A worker completes its own.',
    body: optionalBody(completeRequest.unwrap(), { note: 'Called back.' }),
    problems: ofAssignment,
  },
  closeAssignment: {
    ...action,
    summary: 'Close a completed assignment',
    description: 'Its worker has room again, at once or at `closeAt`.',
    body: optionalBody(closeRequest.unwrap(), { dispositionCode: 'Resolved' }),
    problems: ofAssignment,
  },
  unassignJob: {
    ...action,
    summary: 'Take a job back from its worker',
    description: 'It waits again, and is offered to somebody unless matching is suspended.',
    body: optionalBody(unassignRequest.unwrap(), { suspendMatching: false }),
    problems: ofAssignment,
  },
};
