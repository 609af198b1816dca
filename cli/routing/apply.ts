/** `job-router apply`. */
import { relative } from 'node:path';
import type { Plan } from '../../src/routing/model.ts';
import { applyKeptPlan, planDocument } from '../../src/routing/routing.ts';
import type { ConnectionOptions } from '../connection/connectionOptions.ts';
import { CommandFailed } from '../terminal/commandFailed.ts';
import { whileApplying } from './applyProgress.ts';
import { carryOut } from './carryOut.ts';
import { documentOf, planIn } from './keptPlan.ts';
import { openFor } from './openFor.ts';
import { needPlan } from './planning.ts';
import { documentIn, readTextOf } from './readDocument.ts';
import { report } from './report.ts';

interface ApplyOptions extends ConnectionOptions {
  readonly prune?: boolean;
  readonly document?: string;
  readonly yes?: boolean;
}

/** Shows what would be done, asks, and does it; or carries out a plan that was kept. */
export async function apply(path: string, options: ApplyOptions): Promise<number> {
  const content = await readTextOf(path);
  const kept = planIn(content, path);
  if (kept) return applyKept(kept, path, options);
  if (options.document !== undefined) {
    throw new CommandFailed({
      message: `--document is for a plan that was kept, and ${path} is none.`,
      fix: 'leave it out',
    });
  }
  const read = documentIn(content);
  const { router, host } = await openFor(read, path, options);
  const planning = await planDocument(router, read, { router: host, prunes: options.prune ?? false });
  const planned = needPlan(planning, path);
  return carryOut(planned, router, { ...options, question: `Apply this to ${host}?` });
}

async function applyKept(kept: Plan, path: string, options: ApplyOptions): Promise<number> {
  if (options.prune) {
    throw new CommandFailed({
      message: `--prune is for documents; ${path} is a plan, and says itself what is deleted.`,
      fix: 'leave it out',
    });
  }
  const place = relative('', options.document ?? documentOf(kept, path));
  const read = documentIn(await readTextOf(place, 'say with --document where the document of the plan is'));
  const { router, host } = await openFor(read, place, options);
  const result = await whileApplying(options, (onProgress) =>
    applyKeptPlan(router, read, kept, { router: host, onProgress }),
  );
  if (result.kind === 'moved') {
    throw new CommandFailed({
      message: `${path} is not carried out, and nothing was changed: the router or the document is no longer what the plan was made for.`,
      faults: result.moved.map((detail) => ({ place: '', detail })),
      fix: `plan again, with the options it was made with: npx job-router plan ${place} --out ${path}`,
    });
  }
  if (result.kind === 'invalid' || result.kind === 'unread') {
    needPlan(result, place);
    return 1;
  }
  return report(result, kept, options);
}
