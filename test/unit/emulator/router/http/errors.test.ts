import { describe, expect, it } from 'vitest';
import type { EngineFailure } from '../../../../../emulator/router/engine/failures.ts';
import {
  type AssignmentId,
  idFrom,
  type JobId,
  type OfferId,
  type WorkerId,
} from '../../../../../emulator/router/engine/ids.ts';
import { refusalOf } from '../../../../../emulator/router/http/errors.ts';
import { errorBody } from '../../../../../emulator/router/http/refusal.ts';

const jobId = idFrom<JobId>('job-1');
const workerId = idFrom<WorkerId>('worker-1');
const offerId = idFrom<OfferId>('offer-1');
const assignmentId = idFrom<AssignmentId>('assignment-1');
const VALIDATION = 'One or more validation errors occurred.';

interface Expected {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details?: readonly { readonly code: string; readonly message: string }[];
}

describe('a refusal of the engine', () => {
  it.each<[EngineFailure, Expected]>([
    [{ kind: 'notFound' }, { status: 404, code: 'NotFound', message: 'The item was not found.' }],
    [
      { kind: 'distributionPolicyInUse' },
      {
        status: 400,
        code: 'BadRequest',
        message: VALIDATION,
        details: [
          {
            code: 'QueueExistsWithDistributionPolicy',
            message: 'There is a queue with this distribution policy',
          },
        ],
      },
    ],
    [
      { kind: 'queueInUse', reasons: ['activeJob', 'assignedWorker'] },
      {
        status: 409,
        code: 'Conflict',
        message:
          'Validation failed: \r\n -- : There is active job with this queue\r\n -- : There is an assigned worker to this queue',
      },
    ],
    [
      { kind: 'offerNotFound', operation: 'decline', offerId, workerId },
      {
        status: 404,
        code: 'NotFound',
        message: 'DeclineOfferCommandHandler: Offer not found. OfferId: offer-1, WorkerId: worker-1',
      },
    ],
    [
      { kind: 'offerNotFound', operation: 'accept', offerId, workerId },
      {
        status: 404,
        code: 'NotFound',
        message: 'AcceptOfferCommandHandler: Offer not found. OfferId: offer-1, WorkerId: worker-1',
      },
    ],
    [
      { kind: 'jobTaken', jobId, offerId },
      {
        status: 409,
        code: 'Conflict',
        message: 'Job job-1 was already accepted by another worker. OfferId: offer-1',
      },
    ],
    [
      { kind: 'assignmentNotFound', jobId, assignmentId },
      {
        status: 404,
        code: 'NotFound',
        message: 'Assignment not found. AssignmentId: assignment-1, JobId: job-1',
      },
    ],
    [
      { kind: 'wrongStatus', operation: 'complete', jobId, status: 'queued' },
      {
        status: 409,
        code: 'Conflict',
        message: 'Job job-1 is queued, which does not allow to complete it.',
      },
    ],
    [
      { kind: 'workerHasAssignments' },
      {
        status: 400,
        code: 'BadRequest',
        message: VALIDATION,
        details: [{ code: 'WorkerHasAssignments', message: 'There are assignments with this worker' }],
      },
    ],
    [
      { kind: 'jobStillActive' },
      {
        status: 409,
        code: 'Conflict',
        message: 'Validation failed: \r\n -- JobStatus: The job is neither closed nor cancelled',
      },
    ],
    [
      { kind: 'invalid', problems: [{ member: 'queueId', message: 'does not exist' }] },
      {
        status: 400,
        code: 'BadRequest',
        message: VALIDATION,
        details: [{ code: 'InvalidMember', message: 'queueId: does not exist' }],
      },
    ],
  ])('$kind has its status and its body', (failure, { status, ...error }) => {
    const refusal = refusalOf(failure);
    expect(refusal.status).toBe(status);
    expect(errorBody(refusal, '/routing/x')).toEqual({
      communicationError: { ...error, target: '/routing/x' },
    });
  });

  it('leaves details out where there are none', () => {
    const body = errorBody(refusalOf({ kind: 'notFound' }), '/routing/jobs/job-1');
    expect(JSON.stringify(body)).toBe(
      '{"communicationError":{"code":"NotFound","message":"The item was not found.","target":"/routing/jobs/job-1"}}',
    );
  });
});
