import { nothing } from './answer.ts';
import type { CommandOf, Nothing } from './commands.ts';
import type { Answer } from './engine.ts';
import type { JobId } from './ids.ts';
import { isIn } from './job.ts';
import { editJob } from './jobMoves.ts';
import { putJob } from './putJob.ts';
import { hasClocksToStart, nextExpiry, withClocksStarted, withOverdueExpired } from './selectorClocks.ts';
import type { Turn } from './store.ts';
import { jobView } from './views.ts';

/** Starts the clocks of a job that was put into its queue, and asks to be told when the next one is up. */
export function startClocks(turn: Turn, jobId: JobId): void {
  const job = turn.store.jobs.get(jobId);
  if (!job || !isIn(job, 'queued')) return;
  const content = hasClocksToStart(job.content) ? withClocksStarted(job.content, turn.at) : job.content;
  if (content !== job.content) putJob(turn, { ...job, content });
  const next = nextExpiry(content);
  if (next === undefined) return;
  turn.ask(next > turn.at ? next : turn.at, { type: 'ExpireSelectors', jobId });
}

/**
 * Documented: an expired selector is not required any more, and the job is matched anew. Where we guessed: its open
 * offers stay, and the queued job is the one that is told of it.
 */
export function expireSelectors(turn: Turn, { jobId }: CommandOf<'ExpireSelectors'>): Answer<Nothing> {
  const job = turn.store.jobs.get(jobId);
  const next = job && nextExpiry(job.content);
  if (!job || !isIn(job, 'queued') || next === undefined || next > turn.at) return nothing;
  const { content, ...expired } = withOverdueExpired(job.content, turn.at);
  const edited = editJob(job, content, turn.at);
  putJob(turn, edited);
  turn.tell({ type: 'JobWorkerSelectorsExpired', at: turn.at, job: jobView(edited), ...expired });
  const later = nextExpiry(content);
  if (later !== undefined) turn.ask(later, { type: 'ExpireSelectors', jobId });
  return nothing;
}
