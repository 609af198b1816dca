/** Runs in the order in which they are due; asked for first, run first, where the instant is the same. */
import type { CancelRun } from './clock.ts';
import type { Instant } from './instant.ts';

export type Run = () => void | Promise<void>;

interface PendingRun {
  readonly when: Instant;
  readonly order: number;
  readonly run: Run;
  isCancelled: boolean;
}

const isEarlier = (a: PendingRun, b: PendingRun): boolean =>
  a.when < b.when || (a.when === b.when && a.order < b.order);

export interface Timeline {
  add(when: Instant, run: Run): CancelRun;
  /** When the next run is due. */
  nextDue(): Instant | undefined;
  /** Takes the next run, when it is due by `until`. */
  takeDue(until: Instant): { readonly when: Instant; readonly run: Run } | undefined;
  /** Runs all that is due by `until`, in order, each when `moveTo` has been told its instant and the one before is over. */
  runThrough(until: Instant, moveTo: (when: Instant) => void): Promise<void>;
}

/** A binary heap. A run that was taken back stays in it until it comes to the top. */
export function createTimeline(): Timeline {
  const heap: PendingRun[] = [];
  let asked = 0;

  function rise(entry: PendingRun): void {
    let place = heap.length;
    heap.push(entry);
    while (place > 0) {
      const parentPlace = (place - 1) >> 1;
      const parent = heap[parentPlace];
      if (!parent || isEarlier(parent, entry)) break;
      heap[place] = parent;
      place = parentPlace;
    }
    heap[place] = entry;
  }

  function sink(entry: PendingRun): void {
    let place = 0;
    for (;;) {
      const child = earlierChildOf(place);
      const found = heap[child];
      if (!found || isEarlier(entry, found)) break;
      heap[place] = found;
      place = child;
    }
    heap[place] = entry;
  }

  function earlierChildOf(place: number): number {
    const [left, right] = [heap[2 * place + 1], heap[2 * place + 2]];
    return left && right && isEarlier(right, left) ? 2 * place + 2 : 2 * place + 1;
  }

  function removeTop(): void {
    const last = heap.pop();
    if (last && heap.length > 0) sink(last);
  }

  function top(): PendingRun | undefined {
    while (heap[0]?.isCancelled) removeTop();
    return heap[0];
  }

  function takeDue(until: Instant): PendingRun | undefined {
    const next = top();
    if (!next || next.when > until) return undefined;
    removeTop();
    return next;
  }

  return {
    add(when, run) {
      const entry: PendingRun = { when, order: asked++, run, isCancelled: false };
      rise(entry);
      return () => {
        entry.isCancelled = true;
      };
    },
    nextDue: () => top()?.when,
    takeDue,
    async runThrough(until, moveTo) {
      for (let next = takeDue(until); next; next = takeDue(until)) {
        moveTo(next.when);
        await next.run();
      }
    },
  };
}
