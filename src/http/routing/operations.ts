/**
 * Documents that take longer to apply than a caller should wait. They are carried out in this instance after the answer, and
 * only this instance knows how far they are: docs/decisions/014-long-applies.md says why, and what follows.
 */
import type { Clock } from '../../clock.ts';
import { problemBody } from '../problem.ts';
import type { Ending, Provisioned } from './provisioned.ts';

/** How far an operation is. Everything in it may be shown. */
export interface OperationView {
  readonly id: string;
  readonly status: 'running' | 'succeeded' | 'failed';
  readonly startedAt: string;
  readonly endedAt?: string;
  /** Changes that are over, of all. */
  readonly done: number;
  readonly total: number;
  /** Once it has succeeded: what applying the document answers. */
  readonly result?: Provisioned;
  /** Once it has failed: the problem that applying the document answers. Doing it again goes on from there. */
  readonly problem?: ReturnType<typeof problemBody>;
}

/** What is to be carried out. */
export interface OperationWork {
  /** The same for the same document asked for in the same way: what is under way is not begun a second time. */
  readonly likeness: string;
  readonly total: number;
  /** Told after each change how many are over. Must not throw. */
  readonly run: (onDone: (done: number) => void) => Promise<Ending>;
}

/** The operations of this instance. */
export interface Operations {
  /** Begins the work, or finds it under way. Undefined: enough is under way. */
  begin(work: OperationWork): OperationView | undefined;
  find(id: string): OperationView | undefined;
  /** Whether so many calls take longer than a caller should wait. */
  isLong(calls: number): boolean;
}

/** What operations need. */
export interface OperationsParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
  /** What the instance may ask of the router in any ten seconds. */
  readonly requestsPer10Seconds: number;
  /** Told of a failure that nobody foresaw. */
  readonly report: (failure: unknown) => void;
}

/** They share one quota, so that more at once would only be slower. */
const MOST_AT_ONCE = 4;
/** How many that are over are remembered. */
const MOST_REMEMBERED = 100;
/** What a caller should wait for: five seconds of the quota. */
const PATIENCE = 0.5;

/** Begins with none. */
export function createOperations({
  clock,
  newId,
  requestsPer10Seconds,
  report,
}: OperationsParts): Operations {
  const views = new Map<string, OperationView>();
  /** Ids of what is under way, by likeness. */
  const running = new Map<string, string>();

  const change = (id: string, changes: Partial<OperationView>): void => {
    const view = views.get(id);
    if (view !== undefined) views.set(id, { ...view, ...changes });
  };

  const end = (id: string, likeness: string, changes: Partial<OperationView>): void => {
    running.delete(likeness);
    change(id, { ...changes, endedAt: clock.now().toISOString() });
    for (const [old, { status }] of views) {
      if (views.size <= MOST_REMEMBERED) break;
      if (status !== 'running') views.delete(old);
    }
  };

  async function carryOut(id: string, { likeness, run }: OperationWork): Promise<void> {
    try {
      const ending = await run((done) => change(id, { done }));
      end(
        id,
        likeness,
        ending.kind === 'applied'
          ? { status: 'succeeded', result: ending.answer }
          : { status: 'failed', problem: problemBody(ending.problem) },
      );
    } catch (failure) {
      report(failure);
      const detail = 'The app failed. Its log says why.';
      end(id, likeness, {
        status: 'failed',
        problem: problemBody({ name: 'internal', status: 500, detail }),
      });
    }
  }

  return {
    begin(work) {
      const known = views.get(running.get(work.likeness) ?? '');
      if (known !== undefined) return known;
      if (running.size >= MOST_AT_ONCE) return undefined;
      const id = newId();
      const startedAt = clock.now().toISOString();
      const view = { id, status: 'running', startedAt, done: 0, total: work.total } as const;
      views.set(id, view);
      running.set(work.likeness, id);
      void carryOut(id, work);
      return view;
    },
    find: (id) => views.get(id),
    isLong: (calls) => calls > requestsPer10Seconds * PATIENCE,
  };
}
