import type { Job } from '../../src/jobRouter/wire.ts';

/** The assignments of a job, the latest last. */
export const assignmentsOf = ({ assignments = {} }: Job) =>
  Object.values(assignments).toSorted((a, b) => (a.assignedAt ?? '').localeCompare(b.assignedAt ?? ''));
