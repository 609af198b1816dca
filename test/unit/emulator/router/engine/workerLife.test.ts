import { describe, expect, it } from 'vitest';
import type { Command, CommandOf, WorkerPatch } from '../../../../../emulator/router/engine/commands.ts';
import type { WorkerState } from '../../../../../emulator/router/engine/model/worker.ts';
import { codes, commandsOf, expectFacts, movesOf, type Row } from './lifeCycleTables.ts';
import { id, playRouter, type RouterPlay, SECONDS } from './playRouter.ts';

const rows = movesOf('The life of a worker');
const states: readonly WorkerState[] = ['inactive', 'active', 'draining'];
const workerId = id<never>('worker-1');

const send = (router: RouterPlay, command: Command) => router.handle<Command['type']>(command);
const upsert = (patch: WorkerPatch): Command => ({ type: 'UpsertWorker', id: workerId, patch });

type Stage = (router: RouterPlay) => void;

/** An active worker has an open offer, a draining one an assignment. */
const stages: Readonly<Record<WorkerState, Stage>> = {
  inactive: (router) => void router.available('worker-1', { availableForOffers: false }),
  active: (router) => {
    router.available('worker-1');
    router.submit('job-1');
  },
  draining: (router) => {
    stages.active(router);
    router.accept('worker-1');
    router.worker('worker-1', { availableForOffers: false });
  },
};

const accepted: Stage = (router) => {
  router.available('worker-1', { capacity: 2 });
  router.submit('job-1');
  router.accept('worker-1');
  router.submit('job-2');
};

interface Walk {
  readonly stage?: Stage;
  readonly commands: (router: RouterPlay) => readonly Command[];
}

const expireOffer = (router: RouterPlay): Command => ({
  type: 'ExpireOffer',
  workerId,
  offerId: router.workerNamed('worker-1').offers[0]?.offerId ?? id('none'),
});

/** A row may be walked in several ways. */
const walks: Readonly<Record<string, readonly Walk[]>> = {
  UpsertWorker: [
    { stage: () => {}, commands: () => [upsert({ capacity: 1 })] },
    { stage: () => {}, commands: () => [upsert({ capacity: 1, availableForOffers: true })] },
  ],
  'UpsertWorker, available': [{ commands: () => [upsert({ availableForOffers: true })] }],
  'UpsertWorker, not available': [
    { commands: () => [upsert({ availableForOffers: false })] },
    { stage: accepted, commands: () => [upsert({ availableForOffers: null })] },
  ],
  ExpireOffer: [
    { commands: (router) => [expireOffer(router)] },
    { stage: accepted, commands: (router) => [expireOffer(router)] },
  ],
  'DeregisterIdleWorker, after 7 days without activity': [
    {
      stage: (router) => {
        router.available('worker-1');
        router.oversleep(7 * 24 * 60 * 60 * SECONDS);
      },
      commands: () => [{ type: 'DeregisterIdleWorker', workerId }],
    },
  ],
  'CloseAssignment, CancelJob, UnassignJob of its last assignment': [
    { commands: () => [{ type: 'CancelJob', jobId: id('job-1') }] },
    { commands: (router) => [{ type: 'UnassignJob', ...assignment(router) }] },
    {
      commands: (router) => [
        { type: 'CompleteAssignment', ...assignment(router) },
        { type: 'CloseAssignment', ...assignment(router) },
      ],
    },
  ],
  'UpsertWorker of anything else': [
    { commands: () => [upsert({ tags: { seen: true } })] },
    { commands: () => [upsert({ labels: { level: 3 } })] },
  ],
  'DeleteWorker, without assignments': [{ commands: () => [{ type: 'DeleteWorker', id: workerId }] }],
};

function assignment(router: RouterPlay) {
  const [held] = router.workerNamed('worker-1').assignedJobs;
  if (!held) throw new Error('The worker has no assignment');
  return { jobId: held.jobId, assignmentId: held.assignmentId };
}

const startsOf = ({ from }: Row): readonly string[] =>
  from === 'any state' ? states : from === '(none)' ? [from] : codes(from);

function stageFor(state: string): Stage {
  const found = Object.entries(stages).find(([name]) => name === state)?.[1];
  if (!found) throw new Error(`Nobody knows how a worker gets ${state}`);
  return found;
}

const world = () => {
  const router = playRouter();
  router.openQueue();
  return router;
};

const everyWalk = rows.flatMap((row) =>
  startsOf(row).flatMap((start) => (walks[row.move] ?? [undefined]).map((walk) => ({ ...row, start, walk }))),
);

describe('every move of a worker in the table', () => {
  it.each(everyWalk)('holds: $start, $move', ({ move, start, to, facts, walk }) => {
    if (!walk) throw new Error(`The move "${move}" of the README has no walk here`);
    const router = world();
    (walk.stage ?? stageFor(start))(router);
    expect(router.read.worker(workerId)?.state ?? '(none)').toBe(start);
    router.toldFacts();
    for (const command of walk.commands(router)) expect(send(router, command)).toMatchObject({ ok: true });
    const state = router.read.worker(workerId)?.state ?? 'gone';
    if (to === 'the same') expect(state).toBe(start);
    else expect(to === 'gone' ? ['gone'] : codes(to)).toContain(state);
    if (facts !== 'what becomes of the job') expectFacts(router.toldFacts(), facts);
  });

  it('is all that is walked', () => {
    expect(Object.keys(walks).sort()).toEqual([...new Set(rows.map(({ move }) => move))].sort());
  });
});

const isInTable = (state: string, action: string) =>
  rows.some((row) => startsOf(row).includes(state) && commandsOf(row.move).includes(action));

describe('every action on a worker that is not in the table', () => {
  it('is to delete one that has assignments, which is refused', () => {
    expect(states.filter((state) => !isInTable(state, 'DeleteWorker'))).toEqual(['draining']);
    for (const stage of [stages.draining, accepted]) {
      const router = world();
      stage(router);
      const command: CommandOf<'DeleteWorker'> = { type: 'DeleteWorker', id: workerId };
      expect(router.refusalOf<'DeleteWorker'>(command)).toEqual({ kind: 'workerHasAssignments' });
    }
  });

  it.each(['inactive', 'draining'])('comes too late and does nothing when the worker is %s', (state) => {
    const router = world();
    stageFor(state)(router);
    const before = router.read.worker(workerId);
    router.toldFacts();
    for (const type of ['ExpireOffer', 'DeregisterIdleWorker'] as const) {
      expect(isInTable(state, type)).toBe(false);
      expect(send(router, { type, workerId, offerId: id('none') })).toMatchObject({ ok: true });
    }
    expect(router.read.worker(workerId)).toEqual(before);
    expect(router.toldFacts()).toEqual([]);
  });
});
