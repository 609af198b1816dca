/** A router in a folder, with time moved by hand and ids that count on: opened again, it must be the same one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createManualClock, type ManualClock } from '../../emulator/clock/manualClock.ts';
import { openJournal } from '../../emulator/journal/openJournal.ts';
import { dataText } from '../../emulator/journal/plainData.ts';
import { createRouterEngine } from '../../emulator/router/engine/createRouterEngine.ts';
import { noDelays } from '../../emulator/router/engine/delays.ts';
import type { Fact } from '../../emulator/router/engine/facts.ts';
import {
  type DistributionPolicyId,
  idFrom,
  type JobId,
  type QueueId,
  type WorkerId,
} from '../../emulator/router/engine/ids.ts';
import { createRouter, type LiveRouter, lastHeardOf } from '../../emulator/router/router.ts';
import { parseExpression } from '../../emulator/router/rules/parseExpression.ts';
import { NINE_AM } from './routerSurface.ts';

export interface DurableRouter {
  readonly router: LiveRouter;
  readonly clock: ManualClock;
  readonly facts: readonly Fact[];
  /** What the opening had to say. */
  readonly notices: readonly string[];
  /** Everything the router is but the time of day, as a text to be compared. */
  state(): string;
}

let ids = 0;

export async function openRouter(folder: string, largestJournalBytes?: number): Promise<DurableRouter> {
  const notices: string[] = [];
  const facts: Fact[] = [];
  const log = (line: string) => notices.push(line);
  const { journal, recovered } = await openJournal(folder, {
    log,
    ...(largestJournalBytes !== undefined && { largestJournalBytes }),
  });
  const clock = createManualClock(lastHeardOf(recovered) ?? NINE_AM);
  const router = createRouter({
    startEngine: (ports, saved) => createRouterEngine({ ...ports, parseExpression }, noDelays, saved),
    clock,
    newId: () => `id-${++ids}`,
    random: () => 0.5,
    onFact: (fact) => facts.push(fact),
    journal,
    recovered,
  });
  return { router, clock, facts, notices, state: () => dataText({ ...router.save(), at: undefined }) };
}

export const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'router-data-'));
export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true });

const policyId = idFrom<DistributionPolicyId>('policy');
const queueId = idFrom<QueueId>('queue');
const workerId = idFrom<WorkerId>('worker');

/** A worker with one open offer, and jobs that wait. */
export async function fill({ router, clock }: DurableRouter, jobs: number): Promise<void> {
  router.handle({
    type: 'UpsertDistributionPolicy',
    id: policyId,
    patch: { offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } },
  });
  router.handle({ type: 'UpsertQueue', id: queueId, patch: { distributionPolicyId: policyId } });
  router.handle({
    type: 'UpsertWorker',
    id: workerId,
    patch: {
      queues: [queueId],
      capacity: 1,
      channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
      availableForOffers: true,
      labels: { $map: 'a label that looks like our own mark' },
    },
  });
  for (let number = 1; number <= jobs; number += 1) {
    const id = idFrom<JobId>(`job-${number}`);
    router.handle({ type: 'UpsertJob', id, patch: { channelId: 'voice', queueId, priority: number } });
    await clock.advance(10);
  }
}

export const jobIds = ({ router }: DurableRouter): readonly string[] =>
  router.read.jobs().map(({ id }) => id);
