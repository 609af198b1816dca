/** `job-router destroy`. */
import { DEFAULT_OWNER } from '../../src/routing/model.ts';
import { planDestructionOf } from '../../src/routing/routing.ts';
import type { ConnectionOptions } from '../connection/connectionOptions.ts';
import { openRouter } from '../connection/openRouter.ts';
import { carryOut } from './carryOut.ts';
import { needPlan } from './planning.ts';
import { documentIn, needRead, readTextOf } from './readDocument.ts';

interface DestroyOptions extends ConnectionOptions {
  readonly owner?: string;
  readonly yes?: boolean;
}

/** Deletes what belongs to somebody. Ends with 1 where something has to be left. */
export async function destroy(path: string, options: DestroyOptions): Promise<number> {
  const owner = options.owner ?? (await ownerIn(path));
  const { router, host } = await openRouter(options);
  const planned = needPlan(await planDestructionOf(router, { router: host, owner }), path);
  const question = `This deletes everything of ${owner} on ${host}, and cannot be undone.`;
  return carryOut(planned, router, { ...options, question, typed: host });
}

async function ownerIn(path: string): Promise<string> {
  return needRead(documentIn(await readTextOf(path)), path).document.name ?? DEFAULT_OWNER;
}
