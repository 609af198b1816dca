import type { Instant } from '../../clock/instant.ts';
import type { Checked, Problem } from './answer.ts';
import type { DistributionPolicyPatch } from './commands.ts';
import type { DistributionPolicyId } from './ids.ts';
import { changedContent, firstRevision, nextRevision, patched } from './mergePatch.ts';
import type { BestWorkerMode, DistributionMode, ScoringRuleOptions } from './model/distributionPolicy.ts';
import type { Revision } from './model/values.ts';
import { patchRule } from './rules/patchRule.ts';

interface DistributionPolicyContent {
  readonly name: string | undefined;
  readonly offerExpiresAfterSeconds: number;
  readonly mode: DistributionMode;
}

export interface DistributionPolicy {
  readonly id: DistributionPolicyId;
  readonly content: DistributionPolicyContent;
  readonly revision: Revision;
}

export function patchDistributionPolicy(
  current: DistributionPolicyContent | undefined,
  patch: DistributionPolicyPatch,
): Checked<DistributionPolicyContent> {
  const problems: Problem[] = [];
  const seconds = patched(current?.offerExpiresAfterSeconds, patch.offerExpiresAfterSeconds, undefined);
  const mode = patchMode(current?.mode, patch.mode, problems);
  // Where we guessed: nobody publishes a default for the expiry, so it is asked for.
  if (seconds === undefined || !(seconds > 0)) {
    problems.push({ member: 'offerExpiresAfterSeconds', message: 'A number greater than 0 is required.' });
  }
  if (seconds === undefined || mode === undefined || problems.length > 0) return { problems };
  const next = {
    name: patched(current?.name, patch.name, undefined),
    offerExpiresAfterSeconds: seconds,
    mode,
  };
  return { content: current ? changedContent(current, next) : next };
}

/** Recorded: the server fills these in. */
const defaultScoring: ScoringRuleOptions = {
  scoringParameters: ['jobLabels', 'workerSelectors'],
  isBatchScoringEnabled: false,
  descendingOrder: true,
};

function patchMode(
  current: DistributionMode | undefined,
  patch: DistributionPolicyPatch['mode'],
  problems: Problem[],
): DistributionMode | undefined {
  if (patch === undefined && current) return current;
  const kind = patch === null ? undefined : patched(current?.kind, patch?.kind, undefined);
  if (kind === undefined) {
    problems.push({ member: 'mode.kind', message: 'A kind of distribution mode is required.' });
    return undefined;
  }
  const shared = {
    minConcurrentOffers: patched(current?.minConcurrentOffers ?? 1, patch?.minConcurrentOffers, 1),
    maxConcurrentOffers: patched(current?.maxConcurrentOffers ?? 1, patch?.maxConcurrentOffers, 1),
    bypassSelectors: patched(current?.bypassSelectors ?? false, patch?.bypassSelectors, false),
  };
  const scoring = current?.kind === 'bestWorker' ? current : undefined;
  const next: DistributionMode =
    kind === 'bestWorker'
      ? { kind, ...shared, ...patchScoring(scoring, patch, problems) }
      : { kind, ...shared };
  // Where we guessed: the limits of both counts are not published.
  for (const member of ['minConcurrentOffers', 'maxConcurrentOffers'] as const) {
    if (!Number.isInteger(next[member]) || next[member] < 1) {
      problems.push({ member: `mode.${member}`, message: 'A whole number of at least 1 is required.' });
    }
  }
  return current ? changedContent<DistributionMode>(current, next) : next;
}

/** Options and rule merge member by member (recorded). */
function patchScoring(
  current: BestWorkerMode | undefined,
  patch: DistributionPolicyPatch['mode'],
  problems: Problem[],
): Pick<BestWorkerMode, 'scoringRule' | 'scoringRuleOptions'> {
  const scoringRule = patchRule(current?.scoringRule, patch?.scoringRule, 'mode.scoringRule', problems);
  const change = patch?.scoringRuleOptions;
  const before = change === null ? defaultScoring : (current?.scoringRuleOptions ?? defaultScoring);
  const batchSize = patched(before.batchSize, change?.batchSize, undefined);
  // Where we guessed: the limits of a batch are not published.
  if (batchSize !== undefined && !(Number.isInteger(batchSize) && batchSize > 0)) {
    const member = 'mode.scoringRuleOptions.batchSize';
    problems.push({ member, message: 'A whole number greater than 0 is required.' });
  }
  const { scoringParameters, isBatchScoringEnabled, descendingOrder } = defaultScoring;
  return {
    ...(scoringRule !== undefined && { scoringRule }),
    scoringRuleOptions: {
      ...(batchSize !== undefined && { batchSize }),
      scoringParameters: patched(before.scoringParameters, change?.scoringParameters, scoringParameters),
      isBatchScoringEnabled: patched(
        before.isBatchScoringEnabled,
        change?.isBatchScoringEnabled,
        isBatchScoringEnabled,
      ),
      descendingOrder: patched(before.descendingOrder, change?.descendingOrder, descendingOrder),
    },
  };
}

export const createDistributionPolicy = (
  id: DistributionPolicyId,
  content: DistributionPolicyContent,
  at: Instant,
): DistributionPolicy => ({ id, content, revision: firstRevision(at) });

export const editDistributionPolicy = (
  policy: DistributionPolicy,
  content: DistributionPolicyContent,
  at: Instant,
): DistributionPolicy => ({ ...policy, content, revision: nextRevision(policy.revision, at) });
