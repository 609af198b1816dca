import { nothing } from './answer.ts';
import type { CommandOf, Nothing } from './commands.ts';
import type { Answer } from './engine.ts';
import { isIn } from './job.ts';
import { activate, schedule } from './jobMoves.ts';
import { putJob } from './putJob.ts';
import type { Turn } from './store.ts';
import { jobView } from './views.ts';

/** Where we guessed: a job whose time has passed already is put down all the same, and activated at once. */
export function scheduleJob(turn: Turn, { jobId }: CommandOf<'ScheduleJob'>): Answer<Nothing> {
  const job = turn.store.jobs.get(jobId);
  if (!job || !isIn(job, 'pendingSchedule')) return nothing;
  const { matchingMode } = job.content;
  if (matchingMode.kind !== 'scheduleAndSuspend') return nothing;
  putJob(turn, schedule(job, turn.at));
  const { scheduleAt } = matchingMode;
  turn.ask(scheduleAt > turn.at ? scheduleAt : turn.at, { type: 'ActivateScheduledJob', jobId });
  return nothing;
}

/** The time has come. The job is not matched before a client asks for that. */
export function activateScheduledJob(
  turn: Turn,
  { jobId }: CommandOf<'ActivateScheduledJob'>,
): Answer<Nothing> {
  const job = turn.store.jobs.get(jobId);
  if (!job || !isIn(job, 'scheduled')) return nothing;
  const { matchingMode, selectors, attachedSelectors } = job.content;
  if (matchingMode.kind !== 'scheduleAndSuspend' || matchingMode.scheduleAt > turn.at) return nothing;
  const activated = activate(job, turn.at);
  putJob(turn, activated);
  turn.tell({
    type: 'JobWaitingForActivation',
    at: turn.at,
    job: jobView(activated),
    scheduledAt: matchingMode.scheduleAt,
    // Documented by example. Where we guessed: only a schedule is told in this way, not the suspension a client asked for.
    unavailableForMatching: true,
    expiredRequestedWorkerSelectors: selectors.filter(({ status }) => status === 'expired'),
    expiredAttachedWorkerSelectors: attachedSelectors.filter(({ status }) => status === 'expired'),
  });
  return nothing;
}
