/** Steps that put back what was changed, so that a start which fails half-way leaves nothing behind. */
export interface UndoList {
  add(step: () => unknown): void;
  /** Takes the steps last one first, each of them once. A step that fails does not keep the others from running. */
  run(): Promise<void>;
}

export function createUndoList(failed: (error: unknown) => void): UndoList {
  const steps: (() => unknown)[] = [];
  return {
    add(step) {
      steps.push(step);
    },
    async run() {
      for (let step = steps.pop(); step; step = steps.pop()) {
        try {
          await step();
        } catch (error) {
          failed(error);
        }
      }
    },
  };
}
