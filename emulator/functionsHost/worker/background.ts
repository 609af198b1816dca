import type { Invoke } from './invocation.ts';

/** Invocations that no request waits for. They are counted, so that a host does not end in the middle of one. */
export interface Background {
  readonly invoke: Invoke;
  /** Starts an invocation and looks back at it only in `idle`; its failure is in the log. */
  run(...args: Parameters<Invoke>): void;
  /** Resolves when everything that was running has ended. */
  idle(): Promise<void>;
}

export function createBackground(invoke: Invoke): Background {
  const running = new Set<Promise<unknown>>();
  const counted: Invoke = (fn, payload) => {
    const invocation = invoke(fn, payload).finally(() => running.delete(invocation));
    running.add(invocation);
    return invocation;
  };
  return {
    invoke: counted,
    run(...args) {
      void counted(...args);
    },
    async idle() {
      await Promise.allSettled(running);
    },
  };
}
