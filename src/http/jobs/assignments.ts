import type { Job } from '../../jobRouter/wire.ts';

/** A worker's turn with a job, as the router keeps it. */
export type Assignment = NonNullable<Job['assignments']>[string];

/** In the order in which they began. The router keeps them as a map. */
export const assignmentsOf = ({ assignments = {} }: Job): readonly Assignment[] =>
  Object.values(assignments).toSorted((one, other) => beginning(one) - beginning(other));

/** One of which nobody knows when it began counts as the last. */
function beginning({ assignedAt = '' }: Assignment): number {
  const at = Date.parse(assignedAt);
  return Number.isNaN(at) ? Number.MAX_SAFE_INTEGER : at;
}
