import { type Instant, secondsAfter } from '../../clock/instant.ts';
import { nothing } from './answer.ts';
import type { CommandOf, Nothing } from './commands.ts';
import type { Answer } from './engine.ts';
import { type Job, openOffersOf } from './job.ts';
import { freeWorkerOf } from './jobCommands.ts';
import { removeJob } from './putJob.ts';
import { revokeOffers } from './revokeOffers.ts';
import type { Store, Turn } from './store.ts';
import { jobView } from './views.ts';

/** Documented. */
const lifeInDays = 90;

const endOf = ({ createdAt }: Job): Instant => secondsAfter(createdAt, lifeInDays * 24 * 60 * 60);

/**
 * Jobs die in the order in which they were created, so only the oldest is waited for; the others have their turn
 * after it. That keeps one command pending instead of one for each job there ever was.
 */
export function watchOldestJob(turn: Turn): void {
  if (turn.store.watchedJob !== undefined) return;
  const oldest = oldestJob(turn.store);
  if (!oldest) return;
  turn.store.watchedJob = oldest.id;
  turn.ask(endOf(oldest), { type: 'ExpireJob', jobId: oldest.id });
}

function oldestJob(store: Store): Job | undefined {
  for (const job of store.jobs.values()) return job;
  return undefined;
}

/** Where we guessed: a job that is 90 days old is deleted as a client would delete it, whatever its status. */
export function expireJobs(turn: Turn, { jobId }: CommandOf<'ExpireJob'>): Answer<Nothing> {
  if (turn.store.watchedJob !== jobId) return nothing;
  turn.store.watchedJob = undefined;
  for (const job of turn.store.jobs.values()) {
    if (endOf(job) > turn.at) break;
    revokeOffers(turn, openOffersOf(job));
    freeWorkerOf(turn, job);
    removeJob(turn, job);
    turn.tell({ type: 'JobDeleted', at: turn.at, job: jobView(job) });
  }
  return nothing;
}
