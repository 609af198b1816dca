/**
 * The rules of the app: the event, what is known of it, the automation in force and the time in, a decision out. Pure:
 * the same in gives the same out, whether the event comes once, twice or late. Nothing here remembers; whether an
 * earlier delivery already did it shows when the router answers.
 */
import type { RouterEvent } from '../events/routerEvent.ts';
import { traitsToNameWorker } from './automatedWorker.ts';
import type { Action, Decision, Ignore, Report } from './decision.ts';
import { onJobCompleted, onJobEnded } from './endings.ts';
import type { JobTraits, TraitName } from './jobTraits.ts';
import { matchRule, traitsToMatch } from './matchRule.ts';
import { onOfferAccepted, onOfferIssued, sinceExpiry } from './offers.ts';
import { whyNothing } from './passing.ts';
import type { Automation, AutomationRule } from './rules.ts';
import {
  onClassificationFailed,
  onWaitingForActivation,
  reportException,
  reportExpiredSelectors,
  reportSchedulingFailed,
  reportUnassigned,
} from './stuckJobs.ts';
import { onWorkerDeregistered, onWorkerOfferExpired } from './workersOffDuty.ts';

/** What should happen now, as of `now`. */
export function decide(event: RouterEvent, traits: JobTraits, automation: Automation, now: Date): Decision {
  const underRule = (onIt: (rule: AutomationRule) => Action | Report | Ignore) =>
    underFirstMatch(automation.rules, traits, onIt);
  switch (event.kind) {
    case 'WorkerOfferIssued': {
      const expired = sinceExpiry(event, now);
      if (expired !== undefined) return { kind: 'Ignore', reason: `offer expired ${expired} s ago` };
      return underRule((rule) => onOfferIssued(event, rule));
    }
    case 'WorkerOfferAccepted':
      return underRule((rule) => onOfferAccepted(event, rule, now));
    case 'JobCompleted':
      return underRule((rule) => onJobCompleted(event, rule, now));
    case 'JobClosed':
    case 'JobCancelled':
      return underRule((rule) => onJobEnded(event, rule));
    case 'JobWaitingForActivation':
      return onWaitingForActivation(event, underRule);
    case 'JobClassificationFailed':
      return onClassificationFailed(event, underRule);
    case 'JobSchedulingFailed':
      return reportSchedulingFailed(event);
    case 'JobWorkerSelectorsExpired':
      return reportExpiredSelectors(event);
    case 'JobExceptionTriggered':
      return reportException(event);
    case 'JobUnassigned':
      return reportUnassigned(event);
    case 'WorkerOfferExpired':
      return onWorkerOfferExpired(event, traits, automation.automatedWorkers);
    case 'WorkerDeregistered':
      return onWorkerDeregistered(event, traits, automation.automatedWorkers, now);
    default:
      return { kind: 'Ignore', reason: whyNothing[event.kind] };
  }
}

/** The traits that are not known and on which the decision depends. */
export function missingTraits(
  event: RouterEvent,
  traits: JobTraits,
  { rules, automatedWorkers }: Automation,
): ReadonlySet<TraitName> {
  switch (event.kind) {
    case 'WorkerOfferIssued':
    case 'WorkerOfferAccepted':
    case 'JobCompleted':
    case 'JobClosed':
    case 'JobCancelled':
    case 'JobWaitingForActivation':
    case 'JobClassificationFailed':
      return traitsToMatch(rules, traits);
    case 'WorkerOfferExpired':
    case 'WorkerDeregistered':
      return traitsToNameWorker(automatedWorkers, traits);
    default:
      return new Set();
  }
}

function underFirstMatch(
  rules: readonly AutomationRule[],
  traits: JobTraits,
  onIt: (rule: AutomationRule) => Action | Report | Ignore,
): Decision {
  const rule = matchRule(rules, traits);
  if (rule === undefined) return { kind: 'Ignore', reason: whyNoRule(traits) };
  const decision = onIt(rule);
  const isOnTrial = rule.accept === 'shadow' && decision.kind !== 'Ignore' && decision.kind !== 'Report';
  return isOnTrial ? { kind: 'Shadow', rule: rule.name, would: decision } : decision;
}

/** Channel and queue only: labels may say something about people. */
const whyNoRule = ({ channel = 'unknown', queue = 'unknown' }: JobTraits): string =>
  `no rule matches channel ${channel}, queue ${queue}`;
