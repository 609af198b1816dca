/** A router on a manual clock whose every fact, and every entry of the journal, is kept. */
import { createHash } from 'node:crypto';
import { type Instant, instantOf } from '../../../../../emulator/clock/instant.ts';
import { createManualClock, type ManualClock } from '../../../../../emulator/clock/manualClock.ts';
import type { Command } from '../../../../../emulator/router/engine/commands.ts';
import { createRouterEngine } from '../../../../../emulator/router/engine/createRouterEngine.ts';
import { noDelays } from '../../../../../emulator/router/engine/delays.ts';
import type { Answer, Delays } from '../../../../../emulator/router/engine/engine.ts';
import type { Fact } from '../../../../../emulator/router/engine/facts.ts';
import { idFrom } from '../../../../../emulator/router/engine/ids.ts';
import type { JournalEntry } from '../../../../../emulator/router/journal.ts';
import { createRouter, type LiveRouter } from '../../../../../emulator/router/router.ts';
import { parseExpression } from '../../../../../emulator/router/rules/parseExpression.ts';
import { QUEUES, type Step } from './walkSteps.ts';

const NINE_AM = instantOf('2026-03-02T09:00:00Z');

export interface Walk {
  readonly router: LiveRouter;
  readonly clock: ManualClock;
  readonly now: () => Instant;
  /** In order of telling. */
  readonly facts: readonly Fact[];
  readonly entries: readonly JournalEntry[];
  /** Does the step and everything that is due because of it; gives the command that was sent, if one was. */
  take(step: Step): Promise<Command | undefined>;
}

/** Chance that is the same for the same seed. */
function chance(seed: number): () => number {
  let state = (Math.abs(seed) % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const startEngine =
  (delays: Delays): Parameters<typeof createRouter>[0]['startEngine'] =>
  (ports, saved) =>
    createRouterEngine({ ...ports, parseExpression }, delays, saved);

/** Enough to begin with: three queues, two classification policies, an exception policy and three workers. */
const OPENING: readonly Command[] = [
  {
    type: 'UpsertDistributionPolicy',
    id: idFrom('distribution'),
    patch: { offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } },
  },
  {
    type: 'UpsertExceptionPolicy',
    id: idFrom('exceptions'),
    patch: {
      exceptionRules: [
        {
          id: 'rule-1',
          trigger: { kind: 'waitTime', thresholdSeconds: 30 },
          actions: [{ kind: 'manualReclassify', queueId: idFrom('queue-2'), priority: 10 }],
        },
      ],
    },
  },
  ...QUEUES.map(
    (name): Command => ({
      type: 'UpsertQueue',
      id: idFrom(name),
      patch: { distributionPolicyId: idFrom('distribution'), exceptionPolicyId: idFrom('exceptions') },
    }),
  ),
  ...['policy-1', 'policy-2'].map(
    (name): Command => ({
      type: 'UpsertClassificationPolicy',
      id: idFrom(name),
      patch: { fallbackQueueId: idFrom('queue-1') },
    }),
  ),
  ...['worker-1', 'worker-2', 'worker-3'].map(
    (name): Command => ({
      type: 'UpsertWorker',
      id: idFrom(name),
      patch: {
        capacity: 3,
        queues: QUEUES.map((queue) => idFrom(queue)),
        labels: { skill: 1, team: 2 },
        channels: ['voice', 'chat'].map((channelId) => ({ channelId, capacityCostPerJob: 1 })),
        availableForOffers: true,
      },
    }),
  ),
];

export function beginWalk(seed: number, delays: Delays = noDelays): Walk {
  const clock = createManualClock(NINE_AM);
  const facts: Fact[] = [];
  const entries: JournalEntry[] = [];
  let ids = 0;
  const router = createRouter({
    startEngine: startEngine(delays),
    clock,
    newId: () => `id-${++ids}`,
    random: chance(seed),
    onFact: (fact) => facts.push(fact),
    journal: {
      append: (entry) => entries.push(entry),
      kept: () => Promise.resolve(),
      wantsState: () => false,
      begin: () => {},
      close: async () => {},
    },
  });
  const handle = (command: Command): Answer<unknown> => router.handle<Command['type']>(command);

  for (const command of OPENING) handle(command);
  const walk: Walk = {
    router,
    clock,
    now: clock.now,
    facts,
    entries,
    async take(step) {
      const command = step.kind === 'command' ? step.choose(walk) : undefined;
      if (command) handle(command);
      await clock.advance(step.kind === 'time' ? step.millisecondsIn(walk) : 0);
      await router.kept();
      return command;
    },
  };
  return walk;
}

/** The router that the journal of the walk gives, in a world without chance: all that was taken from it is noted. */
export const replayed = ({ entries, now }: Walk, delays: Delays = noDelays): LiveRouter => {
  const nothingNew = (): never => {
    throw new Error('A replay takes nothing from the world');
  };
  return createRouter({
    startEngine: startEngine(delays),
    clock: createManualClock(now()),
    newId: nothingNew,
    random: nothingNew,
    onFact: () => {},
    recovered: { entries },
  });
};

/** Everything the walk came to, in one line. */
export const hashOf = ({ router, facts }: Walk): string =>
  createHash('sha256').update(stateText(router)).update(JSON.stringify(facts)).digest('hex');

/** The whole state as text, maps and sets included. */
export const stateText = (router: LiveRouter): string =>
  JSON.stringify(router.save(), (_, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...value] : value,
  );
