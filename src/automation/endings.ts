/** What a rule wants done about a job whose work is done, or that has ended. */
import type { RouterEventOf } from '../events/routerEvent.ts';
import type { Action, Ignore } from './decision.ts';
import { leave } from './leave.ts';
import type { AutomationRule } from './rules.ts';

export function onJobCompleted(
  event: RouterEventOf<'JobCompleted'>,
  rule: AutomationRule,
  now: Date,
): Action | Ignore {
  if (rule.close === undefined) return leave(rule, 'leaves closing to people');
  const { jobId, assignmentId } = event.data;
  const { wrapUpSeconds = 0, dispositionCode, note } = rule.close;
  const closeAt = endOfWrapUp(event.eventTime ?? now, wrapUpSeconds);
  // Without wrap-up there is no time to name: the router's clock may be ahead of ours.
  const isLater = wrapUpSeconds > 0 && closeAt > now;
  return {
    kind: 'CloseAssignment',
    rule: rule.name,
    jobId,
    assignmentId,
    ...(dispositionCode !== undefined && { dispositionCode }),
    ...(note !== undefined && { note }),
    ...(isLater && { closeAt }),
  };
}

export function onJobEnded(
  { data }: RouterEventOf<'JobClosed' | 'JobCancelled'>,
  rule: AutomationRule,
): Action | Ignore {
  if (!rule.delete) return leave(rule, 'keeps jobs that have ended');
  return { kind: 'DeleteJob', rule: rule.name, jobId: data.jobId };
}

/**
 * Wrap-up runs from the completion, not from the moment we hear of it: a late or repeated delivery must
 * neither extend it nor move it.
 */
const endOfWrapUp = (completedAt: Date, wrapUpSeconds: number): Date =>
  new Date(completedAt.getTime() + wrapUpSeconds * 1000);
