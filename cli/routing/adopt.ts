/** `job-router adopt`. */
import { type Adoptable, planAdoptionOf } from '../../src/routing/routing.ts';
import type { ConnectionOptions } from '../connection/connectionOptions.ts';
import { openRouter } from '../connection/openRouter.ts';
import { carryOut } from './carryOut.ts';
import { needPlan } from './planning.ts';
import { documentIn, needRead, readTextOf } from './readDocument.ts';

interface AdoptOptions extends ConnectionOptions {
  readonly everything?: boolean;
  readonly owner?: string;
  readonly takeOver?: boolean;
  readonly yes?: boolean;
}

/** Marks what exists as somebody's own. */
export async function adopt(path: string, options: AdoptOptions): Promise<number> {
  const { everything = false, owner, takeOver = false } = options;
  const adoptable: Adoptable = everything
    ? 'everything'
    : needRead(documentIn(await readTextOf(path)), path).document;
  const { router, host } = await openRouter(options);
  const planning = await planAdoptionOf(router, adoptable, {
    router: host,
    takesOver: takeOver,
    ...(owner !== undefined && { owner }),
  });
  const planned = needPlan(planning, path);
  return carryOut(planned, router, {
    ...options,
    question: `Mark these as belonging to ${planned.plan.owner}?`,
  });
}
