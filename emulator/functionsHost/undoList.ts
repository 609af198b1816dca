/** Steps that put back what was changed, so that a start which fails half-way leaves nothing behind. */
export interface UndoList {
  add(step: () => unknown): void;
  /**
   * Takes the steps last one first, one after another. A step that fails does not keep the others from running, and
   * whoever asks again waits for the same end.
   */
  run(): Promise<void>;
}

export function createUndoList(failed: (error: unknown) => void): UndoList {
  const steps: (() => unknown)[] = [];
  let running: Promise<void> | undefined;

  async function undoAll(): Promise<void> {
    for (const step of steps.toReversed()) {
      try {
        await step();
      } catch (error) {
        failed(error);
      }
    }
  }

  return {
    add(step) {
      steps.push(step);
    },
    run() {
      running ??= undoAll();
      return running;
    },
  };
}
