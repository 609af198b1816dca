/** `job-router plan`. */
import { writeFile } from 'node:fs/promises';
import { isEmpty, type Plan } from '../../src/routing/model.ts';
import { planDocument } from '../../src/routing/routing.ts';
import { type ConnectionOptions, routerWords } from '../connection/connectionOptions.ts';
import { outColors, remark, say, sayJson } from '../terminal/say.ts';
import { keptPlan } from './keptPlan.ts';
import { openFor } from './openFor.ts';
import { needPlan } from './planning.ts';
import { planText } from './planText.ts';
import { documentIn, readTextOf } from './readDocument.ts';

interface PlanOptions extends ConnectionOptions {
  readonly prune?: boolean;
  readonly out?: string;
}

const NO_CHANGE = 0;
const CHANGES = 2;

/** Shows a plan, and tells with the exit code whether it would change anything. */
export async function plan(path: string, options: PlanOptions): Promise<number> {
  const read = documentIn(await readTextOf(path));
  const { router, host } = await openFor(read, path, options);
  const planning = await planDocument(router, read, { router: host, prunes: options.prune ?? false });
  const { plan: made } = needPlan(planning, path);
  if (options.json) sayJson(made);
  else say(planText(made, outColors));
  if (options.out !== undefined) await keep(made, path, options.out, routerWords(options));
  return isEmpty(made) ? NO_CHANGE : CHANGES;
}

async function keep(made: Plan, document: string, file: string, router: string): Promise<void> {
  await writeFile(file, keptPlan(made, document, file));
  remark(`Kept in ${file}. Carry it out with: npx job-router apply ${file}${router}`);
}
