/** What a classification policy chooses for a job. Pure: whatever functions and webhooks say is known by now. */
import type { ClassificationPolicyContent } from './classificationPolicy.ts';
import type { EnginePorts } from './engine.ts';
import type { ClassificationError } from './facts.ts';
import type { QueueId } from './ids.ts';
import type { Inquiry, JobContent } from './job.ts';
import { isPriority, selectorFrom } from './jobPatch.ts';
import type { OutsideRule, QueueSelector, RouterRule, SelectorAttachment, WorkerSelector } from './model.ts';
import type { Queue } from './queue.ts';
import { evaluateRule, isOutside, type RuleResult, resultOf } from './rules/evaluateRule.ts';
import { type AnsweredSelector, isMet, priorityFrom, selectorsFrom } from './rules/readResult.ts';
import { isScalar, satisfiesAll } from './selectors.ts';

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

type Attachments = 'queueSelectorAttachments' | 'workerSelectorAttachments';

const attachedRules = (
  member: Attachments,
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
  queues: ReadonlyMap<QueueId, Queue>,
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
  const queueSelectors = job.isOwnQueue
    ? []
    : attachedBy('queueSelectorAttachments', policy.queueSelectorAttachments, queueSelectorFrom, given);
  const attachedSelectors = attachedBy(
    'workerSelectorAttachments',
    policy.workerSelectorAttachments,
    workerSelectorFrom,
    given,
  );
  if (errors.length > 0) return { ok: false, errors };
  const queueId = job.isOwnQueue
    ? job.queueId
    : (chooseQueue(queueSelectors, queues) ?? policy.fallbackQueueId);
  if (queueId === undefined) return { ok: false, errors: [noQueue] };
  return { ok: true, choice: { queueId, priority, attachedSelectors } };
}

/** Where we guessed: code and text. */
const noQueue: ClassificationError = {
  code: 'QueueNotFound',
  message: 'No queue satisfies the queue selectors, and the policy has no fallback queue',
  target: 'queueSelectorAttachments',
};

/** What the attachments work with; `errors` collects all that is wrong, not the first alone. */
interface Given {
  readonly job: JobContent;
  readonly results: ReadonlyMap<string, RuleResult>;
  readonly errors: ClassificationError[];
  random(): number;
}

/** Documented: a policy without the rule leaves the job its priority. */
function choosePriority({ prioritizationRule }: ClassificationPolicyContent, given: Given): number {
  const target = 'prioritizationRule';
  const result = given.results.get(target);
  if (!prioritizationRule || !result?.ok) return given.job.priority;
  const priority = priorityFrom(result.value);
  if (priority !== undefined && isPriority(priority)) return priority;
  const message = `${shown(result.value)} is not a priority, a whole number from -100 to 100`;
  given.errors.push({ code: 'InvalidRuleResult', message, target });
  return given.job.priority;
}

/**
 * Where we guessed: of several queues that fit, the one created first; and without any selector no queue fits, so
 * that the fallback queue is taken.
 */
function chooseQueue(
  selectors: readonly QueueSelector[],
  queues: ReadonlyMap<QueueId, Queue>,
): QueueId | undefined {
  if (selectors.length === 0) return undefined;
  for (const { id, content } of queues.values()) if (satisfiesAll(content.labels, selectors)) return id;
  return undefined;
}

const queueSelectorFrom = ({ key, labelOperator, value }: AnsweredSelector): QueueSelector => ({
  key,
  labelOperator,
  ...(value !== undefined && { value }),
});

const workerSelectorFrom = ({ value, ...rest }: AnsweredSelector): WorkerSelector =>
  selectorFrom({ ...rest, ...(isScalar(value) && { value }) });

/** All selectors that the attachments add for this job. */
function attachedBy<Selector>(
  member: Attachments,
  attachments: readonly SelectorAttachment<Selector>[],
  make: (selector: AnsweredSelector) => Selector,
  given: Given,
): readonly Selector[] {
  return attachments.flatMap((attachment, index) => {
    const place = `${member}[${index}]`;
    switch (attachment.kind) {
      case 'static':
        return [attachment.selector];
      case 'conditional': {
        const result = given.results.get(`${place}.condition`);
        return result?.ok && isMet(result.value) ? attachment.selectors : [];
      }
      case 'passThrough':
        return [make(passThrough(attachment, given.job))];
      case 'ruleEngine':
        return answeredSelectors(`${place}.rule`, given).map(make);
      case 'weightedAllocation':
        return allocate(attachment.allocations, given.random());
      default:
        return attachment satisfies never;
    }
  });
}

/** A label the job does not have leaves the selector without a value, so that it asks for what nobody has. */
function passThrough(
  { key, labelOperator, expiresAfterSeconds }: Extract<SelectorAttachment<unknown>, { kind: 'passThrough' }>,
  { labels }: JobContent,
): AnsweredSelector {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  return {
    key,
    labelOperator,
    ...(value !== undefined && { value }),
    ...(expiresAfterSeconds !== undefined && { expiresAfterSeconds }),
  };
}

function answeredSelectors(target: string, { results, errors }: Given): readonly AnsweredSelector[] {
  const result = results.get(target);
  if (!result?.ok) return [];
  const selectors = selectorsFrom(result.value);
  if (selectors) return selectors;
  const message = `${shown(result.value)} is not a collection of selectors`;
  errors.push({ code: 'InvalidRuleResult', message, target });
  return [];
}

/** Where we guessed: weights that do not add up to 1 are taken in proportion. */
function allocate<Selector>(
  allocations: Extract<SelectorAttachment<Selector>, { kind: 'weightedAllocation' }>['allocations'],
  chance: number,
): readonly Selector[] {
  const total = allocations.reduce((sum, { weight }) => sum + weight, 0);
  let passed = 0;
  for (const { weight, selectors } of allocations) {
    passed += weight;
    if (chance * total < passed) return selectors;
  }
  return [];
}

const shown = (value: unknown): string => (value === undefined ? 'Blank()' : JSON.stringify(value));
