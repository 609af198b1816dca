type Id<Kind extends string> = string & { readonly idOf: Kind };

export type ClassificationPolicyId = Id<'classificationPolicy'>;
export type DistributionPolicyId = Id<'distributionPolicy'>;
export type ExceptionPolicyId = Id<'exceptionPolicy'>;
export type QueueId = Id<'queue'>;
export type WorkerId = Id<'worker'>;
export type JobId = Id<'job'>;
export type OfferId = Id<'offer'>;
export type AssignmentId = Id<'assignment'>;
/** One question to the world outside, see `OutsideCall`. */
export type OutsideCallId = Id<'outsideCall'>;

/** Claims that a text from outside is the id of the kind the caller expects. Used at the edge only. */
export const idFrom = <AnyId extends string>(text: string): AnyId => text as AnyId;

/** Where we guessed: documented for jobs and workers, assumed for the rest. Actions follow a colon in paths. */
export const idProblems = (id: string): readonly { readonly member: string; readonly message: string }[] =>
  id !== '' && !id.includes(':')
    ? []
    : [{ member: 'id', message: 'An id has at least one character and no colon.' }];
