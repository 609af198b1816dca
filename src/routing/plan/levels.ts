/**
 * The order of writes. A resource comes after those that it needs and that the plan creates: what exists already needs
 * no waiting for. Queues can stand in a circle with the policies that move their jobs (queue, exception policy,
 * classification policy, fallback queue): one queue is then created without its exception policy, which follows.
 */
import { mergePatch } from '../compare/mergePatch.ts';
import { membersOf } from '../compare/shape.ts';
import { type Reference, referencesOf } from '../kinds.ts';
import { nameOf, type Task } from '../model.ts';

type Write = Task & { does: 'write' };

/** A write, and the creations that it has to come after. */
interface Waiting {
  readonly task: Write;
  readonly after: readonly Reference[];
}

/** Writes by levels, each level as early as it can be. */
export function levelsOf(writes: readonly Write[]): readonly (readonly Write[])[] {
  const uncreated = new Set(
    writes.filter(({ change }) => change.action === 'create').map(({ change }) => nameOf(change)),
  );
  const waitsFor = ({ after }: Waiting, isNeededOnly = false): boolean =>
    after.some((reference) => uncreated.has(nameOf(reference)) && (reference.isNeeded || !isNeededOnly));

  const levels: Write[][] = [];
  let waiting = writes.map(waitingFor);
  while (waiting.length > 0) {
    const ready =
      orNone(waiting.filter((one) => !waitsFor(one))) ??
      orNone(waiting.filter((one) => !waitsFor(one, true)));
    const { level, left } = ready ? { level: ready, left: [] } : cutCircle(waiting);
    levels.push(level.map(({ task }) => task));
    for (const { task } of level) uncreated.delete(nameOf(task.change));
    waiting = [...waiting.filter((one) => !level.includes(one) && !isCut(one, level)), ...left];
  }
  return levels;
}

const waitingFor = (task: Write): Waiting => ({
  task,
  after: referencesOf(task.change.kind, membersOf(mergePatch(task.declared, task.patch))).filter(
    (reference) => nameOf(reference) !== nameOf(task.change),
  ),
});

const orNone = <Item>(items: readonly Item[]): readonly Item[] | undefined =>
  items.length > 0 ? items : undefined;

const isCut = ({ task }: Waiting, level: readonly Waiting[]): boolean =>
  level.some((one) => one.task.change.isPartial && nameOf(one.task.change) === nameOf(task.change));

/** Every circle goes through a queue that is to be created and its exception policy. */
function cutCircle(waiting: readonly Waiting[]): {
  readonly level: readonly Waiting[];
  readonly left: readonly Waiting[];
} {
  const queue = waiting.find(({ task }) => task.change.kind === 'queues' && task.change.action === 'create');
  if (!queue) throw new Error('Writes wait for each other, and no queue is among them');
  const { change, patch } = queue.task;
  const { exceptionPolicyId, ...others } = patch;
  const isLate = ({ path: [member] }: { readonly path: readonly unknown[] }) =>
    member === 'exceptionPolicyId';
  const first: Write = {
    ...queue.task,
    patch: others,
    change: { ...change, isPartial: true, fields: change.fields.filter((field) => !isLate(field)) },
  };
  const second: Write = {
    ...queue.task,
    patch: { exceptionPolicyId },
    change: { ...change, action: 'update', fields: change.fields.filter(isLate) },
  };
  return {
    level: [{ task: first, after: [] }],
    left: [{ task: second, after: queue.after.filter(({ kind }) => kind === 'exceptionPolicies') }],
  };
}
