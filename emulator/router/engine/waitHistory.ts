import type { Instant } from '../../clock/instant.ts';

const REMEMBERED_WAITS = 20;
const MILLISECONDS_PER_MINUTE = 60_000;

/**
 * How long the latest jobs of one queue waited, by priority.
 *
 * The estimated wait of a priority is the arithmetic mean of the latest 20 waits of jobs with that priority, in
 * minutes, rounded up to a whole one (documented). A wait begins when a job enters the queue and ends when a worker
 * accepts it; jobs that were moved or cancelled leave no trace. Without a wait of that priority there is no estimate.
 * Where we guessed: the formula. The service publishes none.
 */
export class WaitHistory {
  readonly #waits = new Map<number, number[]>();

  record(priority: number, since: Instant, until: Instant): void {
    const waits = this.#waits.get(priority) ?? [];
    waits.push(until - since);
    if (waits.length > REMEMBERED_WAITS) waits.shift();
    this.#waits.set(priority, waits);
  }

  list(): readonly (readonly [number, readonly number[]])[] {
    return [...this.#waits];
  }

  /** These waits and no others. */
  replace(waits: readonly (readonly [number, readonly number[]])[]): void {
    this.#waits.clear();
    for (const [priority, latest] of waits) this.#waits.set(priority, [...latest]);
  }

  estimatedMinutes(priority: number): number | undefined {
    const waits = this.#waits.get(priority);
    return waits && minutesOf(waits);
  }

  /** Each priority with its estimate, lowest first. */
  estimates(): readonly (readonly [number, number])[] {
    return [...this.#waits]
      .map(([priority, waits]) => [priority, minutesOf(waits)] as const)
      .sort(([a], [b]) => a - b);
  }
}

function minutesOf(waits: readonly number[]): number {
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  return Math.ceil(mean / MILLISECONDS_PER_MINUTE);
}
