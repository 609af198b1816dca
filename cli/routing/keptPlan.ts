/** Plans that are kept as files. */
import { dirname, relative, resolve } from 'node:path';
import { parseJson } from '../../src/input/parseJson.ts';
import type { Plan } from '../../src/routing/model.ts';
import { readPlan } from '../../src/routing/plan/planSchema.ts';
import { CommandFailed } from '../terminal/commandFailed.ts';
import { faultsOf } from './readDocument.ts';

/** The text of a plan, which remembers where its document is. Standard input is nowhere. */
export function keptPlan(plan: Plan, document: string, file: string): string {
  const where = document === '-' ? {} : { document: relative(dirname(resolve(file)), resolve(document)) };
  return `${JSON.stringify({ ...plan, ...where }, undefined, 2)}\n`;
}

/**
 * The plan that a text is; undefined where it is something else.
 *
 * @throws CommandFailed where it was a plan once.
 */
export function planIn(text: string, path: string): Plan | undefined {
  const json = parseJson(text);
  if (!('value' in json) || !looksLikePlan(json.value)) return undefined;
  const read = readPlan(json.value);
  if ('plan' in read) return read.plan;
  throw new CommandFailed({
    message: `${path} is no plan that can be carried out.`,
    faults: faultsOf(read.problems, path),
    fix: 'make it again with plan --out',
  });
}

/** By members that no document has. */
const looksLikePlan = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && 'format' in value && 'levels' in value;

/** Where the document of a plan is. */
export function documentOf(plan: Plan, file: string): string {
  if (plan.document !== undefined) return resolve(dirname(file), plan.document);
  throw new CommandFailed({
    message: `${file} does not say where its document is.`,
    fix: 'name it with --document',
  });
}
