import { defaultScore } from './bestWorkerScore.ts';
import type { QueuedJob } from './job.ts';
import type { BestWorkerMode, DistributionMode } from './model/distributionPolicy.ts';
import type { OutsideRule } from './model/rules.ts';
import type { WorkerSelector } from './model/selectors.ts';
import type { Labels } from './model/values.ts';
import type { QueuePlace } from './queuePlace.ts';
import { evaluateRule, isOutside } from './rules/evaluateRule.ts';
import type { Turn } from './store.ts';
import type { Worker } from './worker.ts';

/** Undefined when the rule does not give a number for this worker. */
type ScoreOf = (worker: Worker) => number | undefined;

/** The rule that only somebody outside can answer, if the mode has one. */
export function outsideRuleOf(mode: DistributionMode): OutsideRule | undefined {
  if (mode.kind !== 'bestWorker') return undefined;
  const { scoringRule: rule } = mode;
  return rule && isOutside(rule) ? rule : undefined;
}

/** Documented: the best score, and of equal ones who comes first. Workers without a score come after all others. */
export function firstByScore(
  workers: Iterable<Worker>,
  scoreOf: ScoreOf,
  isDescending: boolean,
): Worker | undefined {
  let best: { readonly worker: Worker; readonly score: number } | undefined;
  for (const worker of workers) {
    const score = scoreOf(worker) ?? Number.NaN;
    const rank = Number.isNaN(score) ? Number.NEGATIVE_INFINITY : isDescending ? score : -score;
    if (!best || rank > best.score) best = { worker, score: rank };
  }
  return best?.worker;
}

/** The worker that the mode's own formula, value or expression ranks first. */
export function bestOf(
  turn: Turn,
  job: QueuedJob,
  { signature }: QueuePlace,
  { mode, workers }: { readonly mode: BestWorkerMode; readonly workers: Iterable<Worker> },
): Worker | undefined {
  const { scoringParameters, descendingOrder } = mode.scoringRuleOptions;
  const labels = scoringParameters.includes('jobLabels') ? job.content.labels : {};
  const selectors = scoringParameters.includes('workerSelectors') ? signature.selectors : [];
  return firstByScore(workers, scorer(turn, mode, labels, selectors), descendingOrder);
}

function scorer(
  { ports }: Turn,
  { scoringRule: rule }: BestWorkerMode,
  job: Labels,
  selectors: readonly WorkerSelector[],
): ScoreOf {
  if (rule === undefined) return ({ content }) => defaultScore(content.labels, job, selectors);
  if (isOutside(rule)) throw new Error(`A rule of kind ${rule.kind} is asked, not evaluated`);
  const parsed = rule.kind === 'expression' ? ports.parseExpression(rule.expression) : undefined;
  const parseExpression = parsed ? () => parsed : ports.parseExpression;
  return ({ content }) => {
    const result = evaluateRule(rule, { job, worker: content.labels }, { parseExpression });
    return result.ok && typeof result.value === 'number' ? result.value : undefined;
  };
}
