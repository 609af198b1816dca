import type { WorkerSelector } from './model/selectors.ts';
import type { Labels, Scalar } from './model/values.ts';
import { satisfies } from './selectors.ts';

type Condition = Pick<WorkerSelector, 'key' | 'labelOperator' | 'value'>;

/**
 * The documented default score of the mode `bestWorker`, between 0 and 1: the share of the job's labels that the
 * worker carries with the same value, and the mean of what each selector is worth.
 * Where we guessed: a job with labels and selectors is scored by the mean of the two parts. A job with neither
 * scores 0 with everyone, which leaves the choice to idle time.
 */
export function defaultScore(worker: Labels, jobLabels: Labels, selectors: readonly Condition[]): number {
  const parts: number[] = [];
  const labels = Object.entries(jobLabels);
  if (labels.length > 0) parts.push(mean(labels.map(([key, value]) => (worker[key] === value ? 1 : 0))));
  if (selectors.length > 0) {
    parts.push(mean(selectors.map((selector) => selectorScore(worker[selector.key], selector))));
  }
  return parts.length > 0 ? mean(parts) : 0;
}

function selectorScore(label: Scalar | undefined, selector: Condition): number {
  const { labelOperator, value } = selector;
  if (labelOperator === 'equal' || labelOperator === 'notEqual') return satisfies(label, selector) ? 1 : 0;
  // Where we guessed: magnitudes that are no numbers have no distance, so they count as equality does.
  if (typeof label !== 'number' || typeof value !== 'number') return satisfies(label, selector) ? 1 : 0;
  const isAtLeast = labelOperator === 'greaterThan' || labelOperator === 'greaterThanOrEqual';
  return logistic(relativeMargin(isAtLeast ? label - value : value - label, value));
}

/** Where we guessed: against a selector value of 0 the formula divides by zero; the margin is then taken as it is. */
const relativeMargin = (margin: number, value: number): number => (value === 0 ? margin : margin / value);

/** 0.5 when the value is met exactly, towards 1 the more it is exceeded. */
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
