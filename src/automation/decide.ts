/**
 * The rules of the app, one function per event, each a few guards and an answer. Pure: the same event, traits,
 * rules and time give the same decision, whether the event comes once, twice or late. Nothing here remembers;
 * whether an earlier delivery already did it shows when the router answers.
 */
import type { RouterEvent, RouterEventOf } from '../events/routerEvent.ts';
import type { Action, Decision, Ignore } from './decision.ts';
import type { JobTraits } from './jobTraits.ts';
import { matchRule } from './matchRule.ts';
import type { AutomationRule } from './rules.ts';

/** What the first rule that matches wants done about this event, as of `now`. */
export function decide(
  event: RouterEvent,
  traits: JobTraits,
  rules: readonly AutomationRule[],
  now: Date,
): Decision {
  const expired = event.kind === 'WorkerOfferIssued' ? sinceExpiry(event, now) : undefined;
  if (expired !== undefined) return { kind: 'Ignore', reason: `offer expired ${expired} s ago` };

  const rule = matchRule(rules, traits);
  if (rule === undefined) return { kind: 'Ignore', reason: whyNoRule(traits) };

  const decision = underRule(event, rule, now);
  const isOnTrial = rule.accept === 'shadow' && decision.kind !== 'Ignore';
  return isOnTrial ? { kind: 'Shadow', rule: rule.name, would: decision } : decision;
}

function underRule(event: RouterEvent, rule: AutomationRule, now: Date): Action | Ignore {
  switch (event.kind) {
    case 'WorkerOfferIssued':
      return onOfferIssued(event, rule);
    case 'WorkerOfferAccepted':
      return onOfferAccepted(event, rule);
    case 'JobCompleted':
      return onJobCompleted(event, rule, now);
    case 'JobClosed':
    case 'JobCancelled':
      return onJobEnded(event, rule);
  }
}

function onOfferIssued({ data }: RouterEventOf<'WorkerOfferIssued'>, rule: AutomationRule): Action | Ignore {
  if (rule.accept === 'never') return leave(rule, 'leaves offers to people');
  const { offerId, workerId, jobId } = data;
  return { kind: 'AcceptOffer', rule: rule.name, offerId, workerId, jobId };
}

function onOfferAccepted(
  { data }: RouterEventOf<'WorkerOfferAccepted'>,
  rule: AutomationRule,
): Action | Ignore {
  if (rule.complete === 'byHand') return leave(rule, 'leaves completing to people');
  const { jobId, assignmentId } = data;
  return { kind: 'CompleteAssignment', rule: rule.name, jobId, assignmentId };
}

function onJobCompleted(
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

function onJobEnded(
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

/** Whole seconds since the offer expired, or nothing while it stands or does not say. */
function sinceExpiry({ data }: RouterEventOf<'WorkerOfferIssued'>, now: Date): number | undefined {
  if (data.expiresOn === undefined || data.expiresOn > now) return undefined;
  return Math.floor((now.getTime() - data.expiresOn.getTime()) / 1000);
}

const leave = (rule: AutomationRule, what: string): Ignore => ({
  kind: 'Ignore',
  rule: rule.name,
  reason: `rule "${rule.name}" ${what}`,
});

/** Channel and queue only: labels may say something about people. */
const whyNoRule = ({ channel = 'unknown', queue = 'unknown' }: JobTraits): string =>
  `no rule matches channel ${channel}, queue ${queue}`;
