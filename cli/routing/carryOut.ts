import type { JobRouter } from '../../src/jobRouter/jobRouter.ts';
import { applyPlan } from '../../src/routing/apply/applyPlan.ts';
import { isEmpty, type Planned } from '../../src/routing/model.ts';
import { isConfirmed } from '../terminal/confirm.ts';
import type { CommandOptions } from '../terminal/run.ts';
import { errColors, outColors, remark, say } from '../terminal/say.ts';
import { whileApplying } from './applyProgress.ts';
import { planText } from './planText.ts';
import { exitCodeOf, report, sayResult } from './report.ts';

/** How a plan that was just made is carried out. */
export interface CarryOutOptions extends CommandOptions {
  readonly yes?: boolean;
  /** What is asked first. */
  readonly question: string;
  /** What has to be typed to answer it; absent: y. */
  readonly typed?: string;
}

const done = { created: [], updated: [], adopted: [], deleted: [], notes: {} };

/** Shows a plan, asks, carries it out, and reports. Whoever has seen the plan gets that and nothing else. */
export async function carryOut(
  planned: Planned,
  router: JobRouter,
  options: CarryOutOptions,
): Promise<number> {
  const { plan } = planned;
  const { json = false, yes = false, question, typed } = options;
  if (json) {
    if (!yes) remark(planText(plan, errColors));
  } else say(planText(plan, outColors));
  if (isEmpty(plan)) {
    if (json) sayResult('unchanged', { ...done, unchanged: plan.unchanged }, plan, {});
    return exitCodeOf(plan);
  }
  const isAgreed = await isConfirmed({ text: `\n${question}`, yes, ...(typed !== undefined && { typed }) });
  if (!isAgreed) {
    if (json) sayResult('declined', { ...done, unchanged: plan.unchanged }, plan, {});
    else say('Nothing was changed.');
    return 1;
  }
  const result = await whileApplying(options, (onProgress) =>
    applyPlan(planned, { router, onProgress, isExact: !yes }),
  );
  return report(result, plan, options);
}
