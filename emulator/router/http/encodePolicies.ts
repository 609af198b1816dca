/** Policies as the service writes them: members in recorded order, unset scalars left out. */
import type { ClassificationPolicyView, SelectorAttachment } from '../engine/model/classificationPolicy.ts';
import type {
  DistributionMode,
  DistributionPolicyView,
  ScoringRuleOptions,
} from '../engine/model/distributionPolicy.ts';
import type {
  ExceptionAction,
  ExceptionPolicyView,
  ExceptionTrigger,
} from '../engine/model/exceptionPolicy.ts';
import type { FunctionCredential, RouterRule } from '../engine/model/rules.ts';
import type { QueueSelector, WorkerSelector } from '../engine/model/selectors.ts';

const encodeCredential = ({ functionKey, appKey, clientId }: FunctionCredential) => ({
  functionKey,
  appKey,
  clientId,
});

/** Secrets are shown in clear, as recorded. */
function encodeRule(rule: RouterRule): object {
  const { kind } = rule;
  switch (kind) {
    case 'static':
      return { kind, value: rule.value };
    case 'directMap':
      return { kind };
    case 'expression':
      return { kind, language: rule.language, expression: rule.expression };
    case 'function':
      return {
        kind,
        functionUri: rule.functionUri,
        credential: rule.credential && encodeCredential(rule.credential),
      };
    case 'webhook':
      return {
        kind,
        authorizationServerUri: rule.authorizationServerUri,
        clientCredential: rule.clientCredential && {
          clientId: rule.clientCredential.clientId,
          clientSecret: rule.clientCredential.clientSecret,
        },
        webhookUri: rule.webhookUri,
      };
    default:
      return kind satisfies never;
  }
}

const encodeScoringOptions = (options: ScoringRuleOptions) => ({
  batchSize: options.batchSize,
  scoringParameters: options.scoringParameters,
  isBatchScoringEnabled: options.isBatchScoringEnabled,
  descendingOrder: options.descendingOrder,
});

const encodeMode = (mode: DistributionMode) => ({
  kind: mode.kind,
  ...(mode.kind === 'bestWorker' && {
    scoringRule: mode.scoringRule && encodeRule(mode.scoringRule),
    scoringRuleOptions: encodeScoringOptions(mode.scoringRuleOptions),
  }),
  minConcurrentOffers: mode.minConcurrentOffers,
  maxConcurrentOffers: mode.maxConcurrentOffers,
  bypassSelectors: mode.bypassSelectors,
});

export const encodeDistributionPolicy = (policy: DistributionPolicyView) => ({
  id: policy.id,
  name: policy.name,
  offerExpiresAfterSeconds: policy.offerExpiresAfterSeconds,
  mode: encodeMode(policy.mode),
});

/** Where we guessed: `expiresAt` is published, but a queued job was recorded without it; so it is never shown. */
export const encodeWorkerSelector = (selector: WorkerSelector) => ({
  expiresAfterSeconds: selector.expiresAfterSeconds,
  expedite: selector.expedite,
  status: selector.status,
  key: selector.key,
  labelOperator: selector.labelOperator,
  value: selector.value,
});

const encodeQueueSelector = ({ key, labelOperator, value }: QueueSelector) => ({ key, labelOperator, value });

/**
 * REST names selectors by what they select: `queueSelector`, `workerSelectors`. Where we guessed: the order of members of
 * the last two kinds; the others were recorded.
 */
const attachmentEncoder =
  <Selector>(name: 'queueSelector' | 'workerSelector', encodeSelector: (selector: Selector) => object) =>
  (attachment: SelectorAttachment<Selector>): object => {
    const { kind } = attachment;
    const list = (selectors: readonly Selector[]) => ({ [`${name}s`]: selectors.map(encodeSelector) });
    switch (kind) {
      case 'static':
        return { kind, [name]: encodeSelector(attachment.selector) };
      case 'conditional':
        return { kind, condition: encodeRule(attachment.condition), ...list(attachment.selectors) };
      case 'passThrough':
        return {
          kind,
          key: attachment.key,
          labelOperator: attachment.labelOperator,
          expiresAfterSeconds: attachment.expiresAfterSeconds,
        };
      case 'ruleEngine':
        return { kind, rule: encodeRule(attachment.rule) };
      case 'weightedAllocation':
        return {
          kind,
          allocations: attachment.allocations.map(({ weight, selectors }) => ({
            weight,
            ...list(selectors),
          })),
        };
      default:
        return kind satisfies never;
    }
  };

const encodeQueueAttachment = attachmentEncoder('queueSelector', encodeQueueSelector);
const encodeWorkerAttachment = attachmentEncoder('workerSelector', encodeWorkerSelector);

export const encodeClassificationPolicy = (policy: ClassificationPolicyView) => ({
  id: policy.id,
  name: policy.name,
  fallbackQueueId: policy.fallbackQueueId,
  queueSelectorAttachments: policy.queueSelectorAttachments.map(encodeQueueAttachment),
  prioritizationRule: policy.prioritizationRule && encodeRule(policy.prioritizationRule),
  workerSelectorAttachments: policy.workerSelectorAttachments.map(encodeWorkerAttachment),
});

const encodeTrigger = (trigger: ExceptionTrigger) =>
  trigger.kind === 'queueLength'
    ? { kind: trigger.kind, threshold: trigger.threshold }
    : { kind: trigger.kind, thresholdSeconds: trigger.thresholdSeconds };

/** Recorded: the id comes last. */
function encodeAction(action: ExceptionAction): object {
  const { id, kind } = action;
  switch (kind) {
    case 'cancel':
      return { kind, note: action.note, dispositionCode: action.dispositionCode, id };
    case 'manualReclassify':
      return {
        kind,
        queueId: action.queueId,
        priority: action.priority,
        workerSelectors: action.workerSelectors.map(encodeWorkerSelector),
        id,
      };
    case 'reclassify':
      return {
        kind,
        classificationPolicyId: action.classificationPolicyId,
        labelsToUpsert: action.labelsToUpsert,
        id,
      };
    default:
      return kind satisfies never;
  }
}

/** Recorded: the trigger comes before the actions, however they were sent. */
export const encodeExceptionPolicy = (policy: ExceptionPolicyView) => ({
  id: policy.id,
  name: policy.name,
  exceptionRules: policy.exceptionRules.map(({ id, trigger, actions }) => ({
    id,
    trigger: encodeTrigger(trigger),
    actions: actions.map(encodeAction),
  })),
});
