import { DEFAULT_OWNER, type Live, type Planned } from './model.ts';
import { assemble } from './plan/assemble.ts';
import { ownedBeyond } from './plan/planRouting.ts';

/** What is destroyed. */
export interface DestroyOptions {
  /** The host of the router, for whoever reads the plan. */
  readonly router: string;
  readonly owner?: string;
}

/**
 * Plans to delete everything that belongs to the owner, each resource before those that it keeps in use. The owner's own
 * jobs are cancelled first where they are open; other people's jobs are left alone, and what they keep in use stays.
 * Needs all jobs to have been read.
 */
export function planDestruction(live: Live, { router, owner = DEFAULT_OWNER }: DestroyOptions): Planned {
  const unwanted = ownedBeyond([], live, owner);
  const means = { live, router, owner, needed: unwanted };
  return assemble(means, { levels: [], unchanged: [], notices: [], unwanted, cancelsJobs: true });
}
