import { CALLS_AT_ONCE, inParallel } from '../../jobRouter/inParallel.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import {
  type ApplyProgress,
  type ApplyResult,
  type Became,
  type ChangeFailure,
  type Done,
  nameOf,
  type Plan,
  type Planned,
  type Task,
} from '../model.ts';
import { type Performed, perform } from './perform.ts';

/** What carrying out a plan needs. */
export interface ApplyMeans {
  /** For all of it, so with as much time as all of it may take: a big plan waits for the request quota. */
  readonly router: JobRouter;
  readonly onProgress?: (progress: ApplyProgress) => void;
  /** Does what the plan shows or fails, whatever has moved since. For plans that were kept. */
  readonly isExact?: boolean;
}

interface Result {
  readonly task: Task;
  readonly performed: Performed;
}

/**
 * Makes the changes of a plan: those of a level side by side, levels one after the other. Nothing is remembered anywhere,
 * so doing it again after a failure, or after the process was killed, means planning again.
 */
export async function applyPlan(
  { plan, tasks }: Planned,
  { router, onProgress, isExact = false }: ApplyMeans,
): Promise<ApplyResult> {
  const total = tasks.flat().length;
  const results: Result[] = [];
  let over = 0;
  for (const [index, level] of tasks.entries()) {
    onProgress?.({ kind: 'level', level: index + 1, levels: tasks.length, changes: level.length });
    const ofLevel = await inParallel(level, CALLS_AT_ONCE, async (task) => {
      const performed = await perform({ router, owner: plan.owner, isExact }, task);
      over += 1;
      const { kind, id } = task.change;
      const became = 'became' in performed ? performed.became : 'failed';
      onProgress?.({ kind: 'change', resource: { kind, id }, became, done: over, total });
      return { task, performed };
    });
    results.push(...ofLevel);
    const [first, ...others] = ofLevel.flatMap(failureOf);
    if (first) {
      const notDone = tasks
        .slice(index + 1)
        .flat()
        .map(({ change }) => nameOf(change));
      const failures = [first, ...others] as const;
      return { kind: 'stopped', done: summarize(plan, results), failures, notDone: [...new Set(notDone)] };
    }
  }
  return { kind: 'applied', done: summarize(plan, results), refusals: plan.refusals };
}

function failureOf({ task: { change }, performed }: Result): ChangeFailure[] {
  if (!('failed' in performed)) return [];
  return [{ kind: change.kind, id: change.id, action: change.action, answer: performed.failed }];
}

function summarize(plan: Plan, results: readonly Result[]): Done {
  const seen = new Set<string>();
  // A creation in two parts is one creation.
  const first = results.filter(({ task: { change }, performed }) => {
    const isFirst = 'became' in performed && !seen.has(nameOf(change));
    if (isFirst) seen.add(nameOf(change));
    return isFirst;
  });
  const named = (wanted: Became) =>
    first.flatMap(({ task, performed }) =>
      'became' in performed && performed.became === wanted ? [nameOf(task.change)] : [],
    );
  const notes = [
    ...plan.notices.map((notice) => [nameOf(notice), notice.detail] as const),
    ...results.flatMap(({ task, performed }) =>
      'note' in performed && performed.note !== undefined
        ? [[nameOf(task.change), performed.note] as const]
        : [],
    ),
  ];
  return {
    created: named('created'),
    updated: named('updated'),
    adopted: named('adopted'),
    deleted: named('deleted'),
    unchanged: [...plan.unchanged, ...named('unchanged')],
    notes: Object.fromEntries(notes),
  };
}
