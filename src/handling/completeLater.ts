import type { CompleteLater } from '../automation/decision.ts';
import type { Outcome } from '../outcome.ts';
import type { Means } from './perform.ts';

/** Keeps the completion in the storage queue until it is due, so that no restart loses it. */
export async function completeLater(
  { rule, jobId, assignmentId, dueAt }: CompleteLater,
  { deferrals, clock }: Pick<Means, 'deferrals' | 'clock'>,
): Promise<Outcome> {
  const deferred = await deferrals.put(
    { kind: 'completion', rule, jobId, assignmentId, attempt: 1, firstDeferredAt: clock.now().toISOString() },
    dueAt,
  );
  return deferred.kind === 'kept'
    ? { kind: 'done' }
    : { kind: 'mustRetry', cause: `the completion could not be kept for later: ${deferred.message}` };
}
