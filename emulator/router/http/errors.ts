/** Translates every refusal of the engine into what the service answers. Exhaustive by construction. */
import type { Answer } from '../engine/engine.ts';
import type { EngineFailure, QueueInUseReason } from '../engine/failures.ts';
import { invalidMembers, Refusal, validationRefusal } from './refusal.ts';

/** Recorded texts. */
const QUEUE_IN_USE: Readonly<Record<QueueInUseReason, string>> = {
  activeJob: 'There is active job with this queue',
  assignedWorker: 'There is an assigned worker to this queue',
  fallbackQueue: 'There is classification policy with this queue as fallback queue',
};

const OFFER_HANDLERS = {
  accept: 'AcceptOfferCommandHandler',
  decline: 'DeclineOfferCommandHandler',
} as const;

/** Recorded layout: each reason on a line of its own, opened by CR LF. */
const queueInUse = (reasons: readonly QueueInUseReason[]): Refusal =>
  new Refusal(
    409,
    `Validation failed: ${reasons.map((reason) => `\r\n -- : ${QUEUE_IN_USE[reason]}`).join('')}`,
  );

export function refusalOf(failure: EngineFailure): Refusal {
  switch (failure.kind) {
    case 'invalid':
      return invalidMembers(failure.problems);
    case 'notFound':
      return new Refusal(404, 'The item was not found.');
    case 'offerNotFound': {
      // Recorded for decline. Where we guessed: accept says the same under its own name.
      const handler = OFFER_HANDLERS[failure.operation];
      return new Refusal(
        404,
        `${handler}: Offer not found. OfferId: ${failure.offerId}, WorkerId: ${failure.workerId}`,
      );
    }
    case 'jobTaken':
      // 409 is documented for an accept that came second. Where we guessed: the text.
      return new Refusal(
        409,
        `Job ${failure.jobId} was already accepted by another worker. OfferId: ${failure.offerId}`,
      );
    case 'assignmentNotFound':
      // Where we guessed: status and text.
      return new Refusal(
        404,
        `Assignment not found. AssignmentId: ${failure.assignmentId}, JobId: ${failure.jobId}`,
      );
    case 'wrongStatus':
      // Where we guessed: 409 as Azure answers elsewhere when the state forbids an operation; 400 is possible.
      return new Refusal(
        409,
        `Job ${failure.jobId} is ${failure.status}, which does not allow to ${failure.operation} it.`,
      );
    case 'noClassificationPolicy':
      // Documented: such a job cannot be reclassified. Where we guessed: status and text.
      return validationRefusal([
        {
          code: 'JobHasNoClassificationPolicy',
          message: `Job ${failure.jobId} has no classification policy`,
        },
      ]);
    case 'classificationPolicyInUse':
      return validationRefusal([
        {
          code: 'ActiveJobWithClassificationPolicyExist',
          message: 'There is active job with this classification policy',
        },
      ]);
    case 'exceptionPolicyInUse':
      return validationRefusal([
        {
          code: 'QueueExistsWithExceptionPolicy',
          message: 'There is a queue with this exception policy',
        },
      ]);
    case 'distributionPolicyInUse':
      return validationRefusal([
        {
          code: 'QueueExistsWithDistributionPolicy',
          message: 'There is a queue with this distribution policy',
        },
      ]);
    case 'queueInUse':
      return queueInUse(failure.reasons);
    case 'workerHasAssignments':
      // The code was seen in the field. Where we guessed: 400 and the text.
      return validationRefusal([
        { code: 'WorkerHasAssignments', message: 'There are assignments with this worker' },
      ]);
    case 'jobStillActive':
      // Recorded.
      return new Refusal(
        409,
        'Validation failed: \r\n -- JobStatus: The job is neither closed nor cancelled',
      );
    default:
      return failure satisfies never;
  }
}

/** What the engine answered, or a thrown refusal. */
export function accepted<Value>(answer: Answer<Value>): Value {
  if (!answer.ok) throw refusalOf(answer.failure);
  return answer.value;
}
