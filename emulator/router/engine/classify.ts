/** What a classification policy chooses for a job. Pure: whatever functions and webhooks say is known by now. */
import {
  type AttachedMember,
  attachedSelectors,
  type Given,
  queueSelectorFrom,
  shownResult,
  workerSelectorFrom,
} from './attachments.ts';
import type { ClassificationPolicyContent } from './classificationPolicy.ts';
import type { EnginePorts } from './engine.ts';
import type { ClassificationError } from './facts.ts';
import type { QueueId } from './ids.ts';
import type { Inquiry, JobContent } from './job.ts';
import { isPriority } from './jobPatch.ts';
import type { SelectorAttachment } from './model/classificationPolicy.ts';
import type { OutsideRule, RouterRule } from './model/rules.ts';
import type { QueueSelector, WorkerSelector } from './model/selectors.ts';
import type { QueuesByLabel } from './queuesByLabel.ts';
import { evaluateRule, isOutside, type RuleResult, resultOf } from './rules/evaluateRule.ts';
import { priorityFrom } from './rules/readResult.ts';

/** The members of a job that classification writes. */
export interface Choice {
  readonly queueId: QueueId;
  readonly priority: number;
  readonly attachedSelectors: readonly WorkerSelector[];
}

export type Classification =
  | { readonly ok: true; readonly choice: Choice }
  | { readonly ok: false; readonly errors: readonly ClassificationError[] };

/** A rule and its place in the policy, such as `queueSelectorAttachments[1].condition`. */
interface PlacedRule<Rule extends RouterRule> {
  readonly target: string;
  readonly rule: Rule;
}

/** The questions a policy puts to functions and webhooks about this job. */
export const outsideQuestions = (
  policy: ClassificationPolicyContent,
  job: JobContent,
): readonly PlacedRule<OutsideRule>[] =>
  rulesFor(policy, job).flatMap(({ target, rule }) => (isOutside(rule) ? [{ target, rule }] : []));

function rulesFor(policy: ClassificationPolicyContent, job: JobContent): readonly PlacedRule<RouterRule>[] {
  const { prioritizationRule: rule } = policy;
  return [
    ...(job.isOwnQueue ? [] : attachedRules('queueSelectorAttachments', policy.queueSelectorAttachments)),
    ...(rule ? [{ target: 'prioritizationRule', rule }] : []),
    ...attachedRules('workerSelectorAttachments', policy.workerSelectorAttachments),
  ];
}

const attachedRules = (
  member: AttachedMember,
  attachments: readonly SelectorAttachment<unknown>[],
): readonly PlacedRule<RouterRule>[] =>
  attachments.flatMap((attachment, index) => {
    if (attachment.kind === 'conditional') {
      return [{ target: `${member}[${index}].condition`, rule: attachment.condition }];
    }
    if (attachment.kind === 'ruleEngine')
      return [{ target: `${member}[${index}].rule`, rule: attachment.rule }];
    return [];
  });

export function classify(
  { policy, answers }: Inquiry,
  job: JobContent,
  queues: QueuesByLabel,
  ports: Pick<EnginePorts, 'parseExpression' | 'random'>,
): Classification {
  const errors: ClassificationError[] = [];
  const results = new Map<string, RuleResult>();
  for (const { target, rule } of rulesFor(policy, job)) {
    const answer = answers.get(target);
    const result = !isOutside(rule)
      ? evaluateRule(rule, { job: job.labels }, ports)
      : answer && resultOf(answer);
    if (!result) throw new Error(`The answer for ${target} is not there yet`);
    results.set(target, result);
    if (!result.ok) errors.push({ code: 'RuleEvaluationFailed', message: result.problem, target });
  }
  const given: Given = { job, results, errors, random: ports.random };
  const priority = choosePriority(policy, given);
  const { queueSelectorAttachments, workerSelectorAttachments } = policy;
  const forQueue = job.isOwnQueue
    ? []
    : attachedSelectors('queueSelectorAttachments', queueSelectorAttachments, queueSelectorFrom, given);
  const forWorker = attachedSelectors(
    'workerSelectorAttachments',
    workerSelectorAttachments,
    workerSelectorFrom,
    given,
  );
  if (errors.length > 0) return { ok: false, errors: errors.map(shortened) };
  const queueId = job.isOwnQueue ? job.queueId : (chooseQueue(forQueue, queues) ?? policy.fallbackQueueId);
  if (queueId === undefined) return { ok: false, errors: [noQueue] };
  return { ok: true, choice: { queueId, priority, attachedSelectors: forWorker } };
}

const LONGEST_MESSAGE = 500;

/** The errors travel in an event, and a rule's text or answer that they quote may be of any length. */
const shortened = (error: ClassificationError): ClassificationError =>
  error.message.length <= LONGEST_MESSAGE
    ? error
    : { ...error, message: `${error.message.slice(0, LONGEST_MESSAGE)}…` };

/** Where we guessed: code and text, as of all classification errors. */
const noQueue: ClassificationError = {
  code: 'QueueNotFound',
  message: 'No queue satisfies the queue selectors, and the policy has no fallback queue',
  target: 'queueSelectorAttachments',
};

/** Documented: a policy without the rule leaves the job its priority. */
function choosePriority({ prioritizationRule }: ClassificationPolicyContent, given: Given): number {
  const target = 'prioritizationRule';
  const result = given.results.get(target);
  if (!prioritizationRule || !result?.ok) return given.job.priority;
  const priority = priorityFrom(result.value);
  if (priority !== undefined && isPriority(priority)) return priority;
  const message = `${shownResult(result.value)} is not a priority, a whole number from -100 to 100`;
  given.errors.push({ code: 'InvalidRuleResult', message, target });
  return given.job.priority;
}

/**
 * Where we guessed: of several queues that fit, the one created first; and without any selector no queue fits, so
 * that the fallback queue is taken.
 */
const chooseQueue = (selectors: readonly QueueSelector[], queues: QueuesByLabel): QueueId | undefined =>
  selectors.length === 0 ? undefined : queues.firstFitting(selectors);
