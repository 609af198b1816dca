/**
 * Turns at jobs and workers: whoever looks at one and then writes what follows from it does so alone. The router has no
 * condition for creating, so that two who look at once would both find nothing, and the second write would change what the
 * first created. They hold within one instance of the app; between two of them that can still happen.
 */
import type { HttpResponseInit } from '@azure/functions';
import type { Clock } from '../clock.ts';
import { orAborted } from '../orAborted.ts';
import { outOfTime, problemResponse } from './problem.ts';

/** What there are turns at. */
export type Thing = `${'jobs' | 'workers'}/${string}`;

/** Who comes when. */
export interface Turns {
  /**
   * Answers with `act` once everybody who came before for one of these things is done with it, or, where that is not so by
   * `end`, with the refusal of a request that had no turn. A place is taken at all of them in one go, so that no two can
   * wait for each other.
   */
  take(things: readonly Thing[], end: Date, act: () => Promise<HttpResponseInit>): Promise<HttpResponseInit>;
}

/** Turns that nobody has taken yet. */
export function createTurns(clock: Pick<Clock, 'deadline' | 'now'>): Turns {
  /** The last in each line: settles, and never rejects, once he is done. */
  const lines = new Map<Thing, Promise<void>>();

  return {
    async take(things, end, act) {
      const ahead = things.flatMap((thing) => lines.get(thing) ?? []);
      const { promise: done, resolve: leave } = Promise.withResolvers<void>();
      for (const thing of things) lines.set(thing, done);
      try {
        return (await areDone(ahead, end)) ? await act() : problemResponse(outOfTime);
      } finally {
        // Whoever gives up stays in line nevertheless: those behind him wait for those before him.
        void Promise.all(ahead).then(() => {
          for (const thing of things) if (lines.get(thing) === done) lines.delete(thing);
          leave();
        });
      }
    },
  };

  async function areDone(ahead: readonly Promise<void>[], end: Date): Promise<boolean> {
    if (ahead.length === 0) return true;
    const patience = clock.deadline(Math.max(0, end.getTime() - clock.now().getTime()));
    return orAborted(Promise.all(ahead), patience).then(
      () => true,
      () => false,
    );
  }
}
