import type { Instant } from '../../clock/instant.ts';
import type { Checked, Problem } from './answer.ts';
import type { ExceptionActionInput, ExceptionPolicyPatch } from './commands.ts';
import type { ClassificationPolicyId, ExceptionPolicyId } from './ids.ts';
import { selectorFrom } from './jobPatch.ts';
import { changedContent, firstRevision, nextRevision, patched } from './mergePatch.ts';
import type { ExceptionAction, ExceptionRule, ExceptionTrigger } from './model/exceptionPolicy.ts';
import type { Revision } from './model/values.ts';

export interface ExceptionPolicyContent {
  readonly name: string | undefined;
  readonly exceptionRules: readonly ExceptionRule[];
}

export interface ExceptionPolicy {
  readonly id: ExceptionPolicyId;
  readonly content: ExceptionPolicyContent;
  readonly revision: Revision;
}

type RuleInput = NonNullable<ExceptionPolicyPatch['exceptionRules']>[number];

/**
 * Recorded: a patch that has rules gives new ids to actions that come without, so it changes the policy even when it
 * repeats them.
 */
export function patchExceptionPolicy(
  current: ExceptionPolicyContent | undefined,
  patch: ExceptionPolicyPatch,
  classificationPolicyExists: (id: ClassificationPolicyId) => boolean,
  newId: () => string,
): Checked<ExceptionPolicyContent> {
  const rules = patch.exceptionRules ?? [];
  const problems = [
    ...repeatedIdProblems(rules),
    ...rules.flatMap((rule, index) => ruleProblems(rule, index, classificationPolicyExists)),
  ];
  if (problems.length > 0) return { problems };
  const next = {
    name: patched(current?.name, patch.name, undefined),
    exceptionRules:
      patch.exceptionRules === undefined
        ? (current?.exceptionRules ?? [])
        : rules.map((rule) => ruleFrom(rule, newId)),
  };
  return { content: current ? changedContent(current, next) : next };
}

/** Where we guessed: two rules of one policy cannot have the same id. */
function repeatedIdProblems(rules: readonly RuleInput[]): Problem[] {
  const ids = rules.map(({ id }) => id);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index
      ? [{ member: `exceptionRules[${index}].id`, message: `Rule ${id} is there already.` }]
      : [],
  );
}

function ruleProblems(
  { id, trigger, actions }: RuleInput,
  index: number,
  classificationPolicyExists: (id: ClassificationPolicyId) => boolean,
): Problem[] {
  const problem = (member: string, message: string): Problem => ({
    member: `exceptionRules[${index}].${member}`,
    message,
  });
  const problems: Problem[] = id === '' ? [problem('id', 'An id is required.')] : [];
  const threshold = thresholdOf(trigger);
  if (!threshold.isRight) problems.push(problem(`trigger.${threshold.member}`, threshold.rule));
  actions.forEach((action, place) => {
    if (action.kind !== 'reclassify' || action.classificationPolicyId === undefined) return;
    const policyId = action.classificationPolicyId;
    if (classificationPolicyExists(policyId)) return;
    const member = `actions[${place}].classificationPolicyId`;
    problems.push(problem(member, `Classification policy ${policyId} does not exist.`));
  });
  return problems;
}

/** Where we guessed: the limits of both thresholds are not published. */
const thresholdOf = (trigger: ExceptionTrigger) =>
  trigger.kind === 'queueLength'
    ? {
        member: 'threshold',
        isRight: Number.isInteger(trigger.threshold) && trigger.threshold >= 0,
        rule: 'A whole number of at least 0 is required.',
      }
    : {
        member: 'thresholdSeconds',
        isRight: trigger.thresholdSeconds >= 0,
        rule: 'A number of at least 0 is required.',
      };

const ruleFrom = ({ id, trigger, actions }: RuleInput, newId: () => string): ExceptionRule => ({
  id,
  trigger,
  // Published: a client may give an action its id. Where we guessed: any text will do.
  actions: actions.map((action) => ({ ...actionFrom(action), id: action.id ?? newId() })),
});

type WithoutId<Action> = Action extends unknown ? Omit<Action, 'id'> : never;

function actionFrom(action: ExceptionActionInput): WithoutId<ExceptionAction> {
  switch (action.kind) {
    case 'cancel': {
      const { kind, note, dispositionCode } = action;
      return {
        kind,
        ...(note !== undefined && { note }),
        ...(dispositionCode !== undefined && { dispositionCode }),
      };
    }
    case 'manualReclassify': {
      const { kind, queueId, priority, workerSelectors = [] } = action;
      return {
        kind,
        ...(queueId !== undefined && { queueId }),
        ...(priority !== undefined && { priority }),
        workerSelectors: workerSelectors.map(selectorFrom),
      };
    }
    case 'reclassify': {
      const { kind, classificationPolicyId, labelsToUpsert = {} } = action;
      return {
        kind,
        ...(classificationPolicyId !== undefined && { classificationPolicyId }),
        labelsToUpsert,
      };
    }
    default:
      return action satisfies never;
  }
}

export const createExceptionPolicy = (
  id: ExceptionPolicyId,
  content: ExceptionPolicyContent,
  at: Instant,
): ExceptionPolicy => ({ id, content, revision: firstRevision(at) });

export const editExceptionPolicy = (
  policy: ExceptionPolicy,
  content: ExceptionPolicyContent,
  at: Instant,
): ExceptionPolicy => ({ ...policy, content, revision: nextRevision(policy.revision, at) });
