/** Lets a limited number of tasks run at the same time; the others wait and start in the order they came. */
export interface Lane {
  /** Resolves when the task has ended. A task must deal with its own failures. */
  run(task: () => Promise<void>): Promise<void>;
}

export function createLane(limit: number): Lane {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function run(task: () => Promise<void>): Promise<void> {
    if (running >= limit) await new Promise<void>((start) => waiting.push(start));
    else running += 1;
    try {
      await task();
    } finally {
      // The place goes straight to the next in line, so that nobody who comes later can take it.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return { run };
}
