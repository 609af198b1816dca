/**
 * Whether a plan that was kept still tells what would happen. It is made again and compared: what was shown is what is
 * done, or nothing is.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Change, nameOf, type Plan, type ResourceRef } from '../model.ts';

/** Why a plan that was kept must not be carried out; empty where nothing has changed since. */
export function whatMoved(kept: Plan, now: Plan): readonly string[] {
  if (kept.router !== now.router)
    return [`The plan is for ${kept.router}, and this router is ${now.router}.`];
  if (kept.owner !== now.owner) return [`The plan is for the owner "${kept.owner}", not for "${now.owner}".`];
  const names = new Set([...Object.keys(kept.etags), ...Object.keys(now.etags)]);
  const moved = [...names]
    .filter((name) => kept.etags[name] !== now.etags[name])
    .map((name) => movedSince(name, kept.etags[name], now.etags[name]));
  if (moved.length > 0) return moved;
  return differingNames(kept, now).map((name) => `The plan for ${name} is another one now.`);
}

function movedSince(name: string, before: string | undefined, now: string | undefined): string {
  if (before === undefined) return `${name} has appeared since.`;
  return now === undefined ? `${name} has vanished since.` : `${name} has changed since.`;
}

function differingNames(kept: Plan, now: Plan): readonly string[] {
  const [before, after] = [kept, now].map(thingsOf);
  const names = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...names].filter((name) => !isDeepStrictEqual(before?.get(name), after?.get(name)));
}

/** What is to be done about each resource: its changes with their levels, or the refusal. */
function thingsOf({ levels, refusals }: Plan): ReadonlyMap<string, readonly unknown[]> {
  const changes = levels.flatMap((level, index) =>
    level.map((change: Change) => ({ ...change, level: index })),
  );
  const things: readonly ResourceRef[] = [...changes, ...refusals];
  return Map.groupBy(things, nameOf);
}
