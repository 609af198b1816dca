/**
 * Random walks through everything the router can do, on a manual clock. When one fails, fast-check prints its seed and
 * the shortest walk it found; WALK_SEED=<seed> walks the same ways again.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { realisticDelays } from '../../../../../emulator/router/engine/delays.ts';
import { checkMatching, checkOrderOfOffers, Ledger } from './invariants.ts';
import { MatchingBook } from './matchingBook.ts';
import { beginWalk, hashOf, replayed, stateText, type Walk } from './walk.ts';
import { type Step, steps } from './walkSteps.ts';

const SEED = Number(process.env.WALK_SEED ?? 20_260_302);
/** Longer than any delay of the router: what is not due within it was not caused by what happened before. */
const LONGEST_DELAY_MILLISECONDS = 1_000;
/** Seconds as a rule; minutes are left for a machine that is busy and for the way back to the shortest failing walk. */
const TIMEOUT_MILLISECONDS = 120_000;

/** Pairs of job and worker, told from the commands; forgetting is left to the router, so this is what might be. */
function noteDecline(walk: Walk, from: number, declined: Set<string>): void {
  for (const fact of walk.facts.slice(from)) {
    if (fact.type === 'WorkerOfferDeclined') declined.add(`${fact.job.id} ${fact.worker.id}`);
  }
}

/** Lets everything that was caused happen, and what that causes. */
async function settle({ clock, now }: Walk): Promise<void> {
  const isDueSoon = () => (clock.nextDue() ?? Number.POSITIVE_INFINITY) <= now() + LONGEST_DELAY_MILLISECONDS;
  while (isDueSoon()) await clock.advance(LONGEST_DELAY_MILLISECONDS);
}

async function walkAll(seed: number, all: readonly Step[]): Promise<Walk> {
  const walk = beginWalk(seed);
  for (const step of all) await walk.take(step);
  return walk;
}

describe('whatever is asked of the router', () => {
  it(
    'holds what it promises after every command, ends the same for the same seed, and is the same again from its journal',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer(), steps, async (seed, all) => {
          const walk = beginWalk(seed);
          const ledger = new Ledger();
          const book = new MatchingBook();
          const declined = new Set<string>();
          for (const step of all) {
            const from = walk.facts.length;
            const command = await walk.take(step);
            ledger.check(walk);
            checkMatching(walk);
            book.follow(walk, command);
            book.check(walk);
            noteDecline(walk, from, declined);
            const edited = command?.type === 'UpsertJob' ? command.id : undefined;
            if (command) checkOrderOfOffers(walk, from, declined, edited);
          }
          expect(stateText(replayed(walk))).toBe(stateText(walk.router));
          expect(hashOf(await walkAll(seed, all))).toBe(hashOf(walk));
        }),
        { seed: SEED, numRuns: 200 },
      );
    },
    TIMEOUT_MILLISECONDS,
  );

  it(
    'holds what it promises when delays let everything overlap',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer(), steps, async (seed, all) => {
          const walk = beginWalk(seed, realisticDelays);
          const ledger = new Ledger();
          const book = new MatchingBook();
          for (const step of all) {
            const command = await walk.take(step);
            await walk.clock.advance(70);
            ledger.check(walk);
            book.follow(walk, command);
          }
          await settle(walk);
          ledger.check(walk);
          checkMatching(walk);
          book.follow(walk, undefined);
          book.check(walk);
          expect(stateText(replayed(walk, realisticDelays))).toBe(stateText(walk.router));
        }),
        { seed: SEED, numRuns: 100 },
      );
    },
    TIMEOUT_MILLISECONDS,
  );
});
