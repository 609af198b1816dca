/** Makes a plan of writes and unwanted resources: what the deletions would meet, what it does to others, what it rests on. */
import { mergePatch } from '../compare/mergePatch.ts';
import { membersOf } from '../compare/shape.ts';
import { deletionLevels } from '../kinds.ts';
import {
  type Live,
  type LiveResource,
  type Notice,
  nameOf,
  PLAN_FORMAT,
  type Planned,
  type ResourceName,
  type ResourceRef,
  type Task,
} from '../model.ts';
import { consequencesOf } from './consequences.ts';
import { byKind, deletionsIn, isOpen, type World } from './deletions.ts';

export type Write = Task & { does: 'write' };
type Deletion = Task & { does: 'delete' };

/** What every plan is made from. */
export interface PlanMeans {
  readonly live: Live;
  readonly router: string;
  readonly owner: string;
  /** What the document declares and refers to. */
  readonly needed: readonly ResourceRef[];
}

/** What is to be done, before anybody has looked at what follows from it. */
export interface Wishes {
  readonly levels: readonly (readonly Write[])[];
  readonly unchanged: readonly ResourceName[];
  readonly notices: readonly Notice[];
  /** To be deleted after all writes, as far as the service lets. */
  readonly unwanted: readonly ResourceRef[];
  /** Jobs that are unwanted and open are cancelled first. */
  readonly cancelsJobs?: boolean;
}

export function assemble(means: PlanMeans, wishes: Wishes): Planned {
  const { live, router, owner } = means;
  const now = worldOf(live);
  const written = afterWrites(now, wishes.levels.flat());
  const { made, refusals, world } = deletionsIn(written, wishes.unwanted, wishes);
  const tasks = [...wishes.levels, ...levelsOfDeletions(made, now)];
  const touched = new Set<string>(tasks.flat().map(({ change }) => nameOf(change)));
  return {
    tasks,
    plan: {
      format: PLAN_FORMAT,
      router,
      owner,
      levels: tasks.map((level) => level.map(({ change }) => change)),
      unchanged: wishes.unchanged,
      untouched: countOthers(live, [...wishes.unwanted.map(nameOf), ...wishes.unchanged, ...touched]),
      refusals,
      consequences: consequencesOf(now, world),
      notices: wishes.notices,
      calls: tasks.flat().reduce((sum, task) => sum + callsOf(task), 0),
      etags: etagsOf(means, wishes, touched),
    },
  };
}

const worldOf = ({ resources }: Live): World =>
  byKind((kind) => new Map([...resources[kind]].map(([id, { content }]) => [id, content])));

function afterWrites(world: World, writes: readonly Write[]): World {
  const after = byKind((kind) => new Map(world[kind]));
  for (const { change, patch } of writes) {
    const held = after[change.kind];
    held.set(change.id, membersOf(mergePatch(held.get(change.id), patch)));
  }
  return after;
}

function levelsOfDeletions(made: readonly ResourceRef[], now: World): readonly (readonly Deletion[])[] {
  return deletionLevels
    .map((kinds) => made.filter(({ kind }) => kinds.includes(kind)).map((ref) => deletionOf(ref, now)))
    .filter((level) => level.length > 0);
}

const deletionOf = ({ kind, id }: ResourceRef, now: World): Deletion => ({
  does: 'delete',
  change: { kind, id, action: 'delete', fields: [] },
  cancels: kind === 'jobs' && isOpen(now.jobs.get(id) ?? {}),
});

/** Before anything is deleted it is looked at again, since the service knows no condition for it. */
const callsOf = (task: Task): number => (task.does === 'write' ? 1 : task.cancels ? 3 : 2);

function countOthers({ resources }: Live, concerned: readonly string[]): number {
  const known = new Set(concerned);
  const { jobs: _, ...lasting } = resources;
  return Object.values(lasting)
    .flatMap((held: ReadonlyMap<string, LiveResource>) => [...held.values()])
    .filter((resource) => !known.has(nameOf(resource))).length;
}

/**
 * The ETags of all policies and queues that the document is about, and of the workers and jobs that the plan touches.
 * Other workers and jobs move with every offer, and what the plan does to the rest does not depend on them.
 */
function etagsOf(
  { live, needed }: PlanMeans,
  { unwanted }: Wishes,
  touched: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  const etags = [...needed, ...unwanted].flatMap((ref) => {
    const etag = live.resources[ref.kind].get(ref.id)?.etag;
    const isBusy = ref.kind === 'workers' || ref.kind === 'jobs';
    return etag === undefined || (isBusy && !touched.has(nameOf(ref))) ? [] : [[nameOf(ref), etag] as const];
  });
  return Object.fromEntries(etags);
}
