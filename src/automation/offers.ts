/** What a rule wants done about an offer, and about the assignment it becomes. */
import type { RouterEventOf } from '../events/routerEvent.ts';
import type { Action, Ignore } from './decision.ts';
import { leave } from './leave.ts';
import type { AutomationRule } from './rules.ts';

export function onOfferIssued(
  { data }: RouterEventOf<'WorkerOfferIssued'>,
  rule: AutomationRule,
): Action | Ignore {
  if (rule.accept === 'never') return leave(rule, 'leaves offers to people');
  const { offerId, workerId, jobId } = data;
  return { kind: 'AcceptOffer', rule: rule.name, offerId, workerId, jobId };
}

export function onOfferAccepted(
  { data, eventTime }: RouterEventOf<'WorkerOfferAccepted'>,
  rule: AutomationRule,
  now: Date,
): Action | Ignore {
  if (rule.complete === 'byHand') return leave(rule, 'leaves completing to people');
  const { jobId, assignmentId, workerId } = data;
  const about = { rule: rule.name, jobId, assignmentId };
  if (rule.work !== undefined) return { kind: 'DoWork', ...about, workerId, work: rule.work };
  // Counted from the assignment, not from the moment we hear of it: a late or repeated delivery must not move it. A
  // router whose clock is ahead of ours must not either, so what seems to lie ahead counts as now.
  const assignedAt = Math.min((eventTime ?? now).getTime(), now.getTime());
  const dueAt = new Date(assignedAt + (rule.completeAfterSeconds ?? 0) * 1000);
  const isLater = rule.completeAfterSeconds !== undefined && dueAt > now;
  return isLater ? { kind: 'CompleteLater', ...about, dueAt } : { kind: 'CompleteAssignment', ...about };
}

/** Whole seconds since the offer expired, or nothing while it stands or does not say. */
export function sinceExpiry({ data }: RouterEventOf<'WorkerOfferIssued'>, now: Date): number | undefined {
  if (data.expiresOn === undefined || data.expiresOn > now) return undefined;
  return Math.floor((now.getTime() - data.expiresOn.getTime()) / 1000);
}
