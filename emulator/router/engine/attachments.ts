/** The selectors that the attachments of a classification policy add for one job. */
import type { ClassificationError } from './facts.ts';
import type { JobContent } from './job.ts';
import { selectorFrom } from './jobPatch.ts';
import type { SelectorAttachment } from './model/classificationPolicy.ts';
import type { QueueSelector, WorkerSelector } from './model/selectors.ts';
import type { RuleResult } from './rules/evaluateRule.ts';
import { type AnsweredSelector, isMet, selectorsFrom } from './rules/readResult.ts';
import { isScalar, labelOf } from './selectors.ts';

export type AttachedMember = 'queueSelectorAttachments' | 'workerSelectorAttachments';

/** What a policy is applied with: the rules' results by place; `errors` collects all that is wrong, not the first alone. */
export interface Given {
  readonly job: JobContent;
  readonly results: ReadonlyMap<string, RuleResult>;
  readonly errors: ClassificationError[];
  random(): number;
}

export const queueSelectorFrom = ({ key, labelOperator, value }: AnsweredSelector): QueueSelector => ({
  key,
  labelOperator,
  ...(value !== undefined && { value }),
});

export const workerSelectorFrom = ({ value, ...rest }: AnsweredSelector): WorkerSelector =>
  selectorFrom({ ...rest, ...(isScalar(value) && { value }) });

/** All selectors that the attachments add for this job. */
export function attachedSelectors<Selector>(
  member: AttachedMember,
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

/**
 * A label the job does not have leaves the selector without a value. That no queue then fits is recorded for
 * `equal`; where we guessed: that `notEqual` holds, as it does for every selector without a value.
 */
function passThrough(
  { key, labelOperator, expiresAfterSeconds }: Extract<SelectorAttachment<unknown>, { kind: 'passThrough' }>,
  { labels }: JobContent,
): AnsweredSelector {
  const value = labelOf(labels, key);
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
  const message = `${shownResult(result.value)} is not a collection of selectors`;
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

/** A rule's result in an error's text. */
export const shownResult = (value: unknown): string =>
  value === undefined ? 'Blank()' : JSON.stringify(value);
