type Id<Kind extends string> = string & { readonly idOf: Kind };

/** Texts that name different things, and cannot be mistaken for each other. */
export type JobId = Id<'job'>;
export type WorkerId = Id<'worker'>;
export type QueueId = Id<'queue'>;
export type OfferId = Id<'offer'>;
export type AssignmentId = Id<'assignment'>;
export type DistributionPolicyId = Id<'distributionPolicy'>;

/** Claims that a text which a schema has accepted is the id of the kind the caller expects. */
export const idFrom = <AnyId extends string>(text: string): AnyId => text as AnyId;
