import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The life of the app's process, which ends where a test wants it to: at one of the calls it makes. What was going on
 * then never goes on; whoever waited for it hears that the connection is gone.
 */

/** Right before the call is made, or right after it had its effect. */
export type Side = 'before' | 'after';

export interface KillPoint {
  /** Counted from 1, over every call of the process that leaves it. */
  readonly call: number;
  readonly side: Side;
}

export interface ProcessLife {
  /** How many calls have left the process. */
  readonly calls: () => number;
  /** Makes a call that leaves the process, unless it dies of it. */
  leave<Answer>(make: () => Promise<Answer>): Promise<Answer>;
  /** What `work` comes to, or `lost` where the process dies meanwhile; a new one is up at once. */
  serve<Result, Lost>(work: () => Promise<Result>, lost: () => Lost): Promise<Result | Lost>;
}

interface Incarnation {
  isDead: boolean;
  readonly death: PromiseWithResolvers<void>;
}

const born = (): Incarnation => ({ isDead: false, death: Promise.withResolvers() });

/** A process that is killed once, at `killAt`; never, where that is absent. */
export function processLife(killAt?: KillPoint): ProcessLife {
  // Whatever a process had begun belongs to it, however long after its death it would go on.
  const own = new AsyncLocalStorage<Incarnation>();
  let current = born();
  let calls = 0;

  /** Never resolves for the dead. */
  async function goOn(side: Side, call: number): Promise<void> {
    const self = own.getStore() ?? current;
    if (killAt?.call === call && killAt.side === side) {
      self.isDead = true;
      self.death.resolve();
      current = born();
    }
    if (self.isDead) await new Promise(() => {});
  }

  return {
    calls: () => calls,
    async leave(make) {
      calls += 1;
      const call = calls;
      await goOn('before', call);
      const answer = await make();
      await goOn('after', call);
      return answer;
    },
    serve(work, lost) {
      const self = current;
      return own.run(self, () => Promise.race([work(), self.death.promise.then(lost)]));
    },
  };
}
