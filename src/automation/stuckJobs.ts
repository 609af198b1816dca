/**
 * Jobs that do not move by themselves. Some a rule may rescue; of the rest a person is told, whether a rule is about the
 * job or not. Reasons name ids, keys and the router's own words, never the value of a label.
 */
import type { CommunicationError } from '../events/communicationError.ts';
import type { RouterEventOf } from '../events/routerEvent.ts';
import { idFrom } from '../jobRouter/ids.ts';
import type { Action, Decision, Ignore, Report } from './decision.ts';
import type { AutomationRule } from './rules.ts';

/** Decides by the first rule that matches, if one does. */
type UnderRule = (onIt: (rule: AutomationRule) => Action | Report | Ignore) => Decision;

export function onWaitingForActivation(
  { data }: RouterEventOf<'JobWaitingForActivation'>,
  underRule: UnderRule,
): Decision {
  const since = data.scheduledOn === undefined ? '' : `, scheduled for ${data.scheduledOn.toISOString()},`;
  const report = reportOf(`${data.jobId}${since} waits for activation: update it to be queued and matched`);
  return orReport(
    underRule(({ name, rescue }) => {
      if (!rescue?.activate) return { ...report, rule: name };
      const { activationPriority: priority } = rescue;
      return {
        kind: 'ActivateJob',
        rule: name,
        jobId: data.jobId,
        ...(priority !== undefined && { priority }),
      };
    }),
    report,
  );
}

export function onClassificationFailed(
  { data }: RouterEventOf<'JobClassificationFailed'>,
  underRule: UnderRule,
): Decision {
  const { jobId, classificationPolicyId, errors = [] } = data;
  const by = classificationPolicyId === undefined ? '' : ` by ${classificationPolicyId}`;
  const report = reportOf(
    `${jobId} could not be classified${by}${because(errors)}: give it a queue, or mend the policy and classify it again`,
  );
  return orReport(
    underRule(({ name, rescue }) =>
      rescue?.fallbackQueue === undefined
        ? { ...report, rule: name }
        : { kind: 'MoveToFallback', rule: name, jobId, queueId: idFrom(rescue.fallbackQueue) },
    ),
    report,
  );
}

export function reportSchedulingFailed({ data }: RouterEventOf<'JobSchedulingFailed'>): Report {
  const { jobId, scheduledOn, failureReason } = data;
  const when = scheduledOn === undefined ? '' : ` for ${scheduledOn.toISOString()}`;
  const why = failureReason === undefined ? '' : ` (${failureReason})`;
  return reportOf(`${jobId} could not be scheduled${when}${why}: schedule it again, or cancel it`);
}

export function reportExpiredSelectors({ data }: RouterEventOf<'JobWorkerSelectorsExpired'>): Report {
  const { expiredRequestedWorkerSelectors = [], expiredAttachedWorkerSelectors = [] } = data;
  const keys = [...expiredRequestedWorkerSelectors, ...expiredAttachedWorkerSelectors].map(({ key }) => key);
  const which = keys.length === 0 ? '' : ` on ${[...new Set(keys)].join(', ')}`;
  return reportOf(
    `selectors${which} of ${data.jobId} expired: workers who do not meet them may be offered it now`,
  );
}

export function reportException({ data }: RouterEventOf<'JobExceptionTriggered'>): Report {
  const { jobId, ruleKey, exceptionRuleId = ruleKey ?? 'unknown', queueId } = data;
  const where = queueId === undefined ? '' : ` in ${queueId}`;
  return reportOf(`exception rule ${exceptionRuleId} acted on ${jobId}: see why it waited${where}`);
}

export function reportUnassigned({ data }: RouterEventOf<'JobUnassigned'>): Report {
  const { jobId, workerId = 'its worker' } = data;
  return reportOf(`${jobId} was taken from ${workerId} and waits again: see why the work was not done`);
}

const reportOf = (reason: string): Report => ({ kind: 'Report', reason });

/** What no rule is about still does not move by itself. */
const orReport = (decision: Decision, report: Report): Decision =>
  decision.kind === 'Ignore' ? report : decision;

function because(errors: readonly CommunicationError[]): string {
  const told = errors
    .map(({ code, message }) => [code, message].filter((part) => part !== undefined).join(': '))
    .filter((error) => error !== '');
  return told.length === 0 ? '' : ` (${told.join('; ')})`;
}
