/** A router that was saved as text and loaded must go on exactly as the one that was never interrupted. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from '../../../../../emulator/chance.ts';
import { createManualClock } from '../../../../../emulator/clock/manualClock.ts';
import { dataOf, dataText } from '../../../../../emulator/journal/plainData.ts';
import type { Command } from '../../../../../emulator/router/engine/commands.ts';
import { createRouterEngine } from '../../../../../emulator/router/engine/createRouterEngine.ts';
import { realisticDelays } from '../../../../../emulator/router/engine/delays.ts';
import type { Fact } from '../../../../../emulator/router/engine/facts.ts';
import type { JournalEntry, Recovered, RouterState } from '../../../../../emulator/router/journal.ts';
import { createRouter } from '../../../../../emulator/router/router.ts';
import { parseExpression } from '../../../../../emulator/router/rules/parseExpression.ts';
import { beginWalk, type Walk } from './walk.ts';
import { type Step, steps } from './walkSteps.ts';

const SEED = Number(process.env.WALK_SEED ?? 20_260_302);

/** Goes on from where another router was, with ids and chance that begin anew. */
function resumed(walk: Walk, recovered: Recovered): Walk {
  const clock = createManualClock(walk.now());
  const facts: Fact[] = [];
  const entries: JournalEntry[] = [];
  let ids = 0;
  const router = createRouter({
    startEngine: (ports, saved) => createRouterEngine({ ...ports, parseExpression }, realisticDelays, saved),
    clock,
    newId: () => `later-id-${++ids}`,
    random: seededRandom('resumed'),
    onFact: (fact) => facts.push(fact),
    recovered,
  });
  const resumedWalk: Walk = {
    router,
    clock,
    now: clock.now,
    facts,
    entries,
    async take(step) {
      const command = step.kind === 'command' ? step.choose(resumedWalk) : undefined;
      if (command) router.handle<Command['type']>(command);
      await clock.advance(step.kind === 'time' ? step.millisecondsIn(resumedWalk) : 0);
      return command;
    },
  };
  return resumedWalk;
}

async function factsOf(walk: Walk, rest: readonly Step[]): Promise<readonly string[]> {
  for (const step of rest) {
    await walk.take(step);
    await walk.clock.advance(70);
  }
  await walk.clock.advance(120_000);
  return walk.facts.map((fact) => JSON.stringify(fact));
}

it('goes on from its state as it goes on from its journal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), steps, async (seed, all) => {
      const walk = beginWalk(seed, realisticDelays);
      const half = all.length >> 1;
      for (const step of all.slice(0, half)) {
        await walk.take(step);
        await walk.clock.advance(70);
      }
      const text = dataText(walk.router.save());
      const state = dataOf(text) as RouterState;
      const fromState = resumed(walk, { state, entries: [] });
      expect(dataText(fromState.router.save())).toBe(text);
      const fromJournal = resumed(walk, { entries: walk.entries });
      expect(await factsOf(fromState, all.slice(half))).toEqual(await factsOf(fromJournal, all.slice(half)));
    }),
    { seed: SEED, numRuns: 100 },
  );
});
