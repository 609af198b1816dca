import type { Refused, RouterAnswer, Unavailable } from '../jobRouter/answer.ts';
import { idFrom } from '../jobRouter/ids.ts';
import { CALLS_AT_ONCE, inParallel } from '../jobRouter/inParallel.ts';
import type { JobRouter, Written } from '../jobRouter/jobRouter.ts';
import { type Level, type Plan, type Step, stepName } from './plan.ts';

/** Names of steps, as "queues/queue-1". */
export interface Done {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
  /** What there is to say about a step beyond its name. */
  readonly notes: Readonly<Record<string, string>>;
}

/** A step that the router did not do. */
export interface StepFailure {
  readonly step: string;
  readonly answer: Refused | Unavailable;
}

/** How far the plan was carried out. */
export type Applied =
  | { readonly kind: 'applied'; readonly done: Done }
  | {
      /** A level had failures; its other steps were done, and nothing after it was begun. */
      readonly kind: 'stopped';
      readonly done: Done;
      readonly failures: readonly [StepFailure, ...StepFailure[]];
      readonly notDone: readonly string[];
    };

type StepResult =
  | { readonly step: Step; readonly became: 'created' | 'updated' | 'unchanged' }
  | { readonly step: Step; readonly failed: Refused | Unavailable };

/**
 * Makes the calls a plan asks for: the steps of a level side by side, levels one after the other. Applying
 * again after a failure is safe, from a new plan.
 */
export async function applyPlan(router: JobRouter, plan: Plan): Promise<Applied> {
  const results: StepResult[] = [];
  for (const [index, level] of plan.entries()) {
    const levelResults = await applyLevel(router, level);
    results.push(...levelResults);
    const [first, ...others] = levelResults.flatMap((result) =>
      'failed' in result ? [{ step: stepName(result.step), answer: result.failed }] : [],
    );
    if (first) {
      const notDone = plan
        .slice(index + 1)
        .flat()
        .map(stepName);
      return { kind: 'stopped', done: summarize(results), failures: [first, ...others], notDone };
    }
  }
  return { kind: 'applied', done: summarize(results) };
}

const applyLevel = (router: JobRouter, level: Level): Promise<StepResult[]> =>
  inParallel(level, CALLS_AT_ONCE, async (step) => {
    if (step.action === 'unchanged') return { step, became: 'unchanged' };
    const answer = await write(router, step);
    if (answer.kind !== 'ok') return { step, failed: answer };
    // The router's word counts: somebody else may have created it since the plan was made.
    return { step, became: answer.value.created ? 'created' : 'updated' };
  });

function write(
  router: JobRouter,
  step: Exclude<Step, { action: 'unchanged' }>,
): Promise<RouterAnswer<Written<unknown>>> {
  switch (step.kind) {
    case 'distributionPolicies':
      return router.upsertDistributionPolicy(idFrom(step.id), step.patch);
    case 'queues':
      return router.upsertQueue(idFrom(step.id), step.patch);
    case 'workers':
      return router.upsertWorker(idFrom(step.id), step.patch);
    case 'jobs':
      return router.upsertJob(idFrom(step.id), step.patch);
  }
}

function summarize(results: readonly StepResult[]): Done {
  const named = (wanted: 'created' | 'updated' | 'unchanged') =>
    results.flatMap((result) =>
      'became' in result && result.became === wanted ? [stepName(result.step)] : [],
    );
  const notes = results.flatMap(({ step }) =>
    step.action === 'unchanged' && step.note !== undefined ? [[stepName(step), step.note] as const] : [],
  );
  return {
    created: named('created'),
    updated: named('updated'),
    unchanged: named('unchanged'),
    notes: Object.fromEntries(notes),
  };
}
