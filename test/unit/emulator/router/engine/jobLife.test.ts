import { describe, expect, it } from 'vitest';
import { secondsAfter } from '../../../../../emulator/clock/instant.ts';
import type { Command, JobPatch } from '../../../../../emulator/router/engine/commands.ts';
import type { JobStatus } from '../../../../../emulator/router/engine/model.ts';
import { codes, commandsOf, expectFacts, movesOf, type Row, refusalsOf } from './lifeCycleTables.ts';
import { id, NINE_AM, playRouter, type RouterPlay, SECONDS } from './playRouter.ts';

const section = 'The life of a job';
const rows = movesOf(section);
const refusals = refusalsOf(section);

const openStatuses: readonly JobStatus[] = [
  'created',
  'pendingClassification',
  'classificationFailed',
  'pendingSchedule',
  'scheduled',
  'waitingForActivation',
  'queued',
  'assigned',
  'completed',
];
const statuses: readonly JobStatus[] = [...openStatuses, 'closed', 'cancelled'];

const jobId = id<never>('job-1');
const suspended: JobPatch = { matchingMode: { kind: 'suspend' } };
const scheduled: JobPatch = {
  matchingMode: { kind: 'scheduleAndSuspend', scheduleAt: secondsAfter(NINE_AM, 60) },
};
const inQueue: JobPatch = { channelId: 'voice', queueId: id<never>('queue-1') };
const classified: JobPatch = { channelId: 'voice', classificationPolicyId: id<never>('classify') };

function world() {
  const router = playRouter();
  router.openQueue();
  router.queue('queue-2', { distributionPolicyId: id('policy-1') });
  router.classification('classify', { fallbackQueueId: id('queue-1') });
  router.classification('other', { fallbackQueueId: id('queue-2') });
  router.classification('failing');
  const asking = { kind: 'function', functionUri: 'https://rules.example/priority' } as const;
  router.classification('asking', { fallbackQueueId: id('queue-1'), prioritizationRule: asking });
  router.available('worker-1');
  return router;
}

/** One command and nothing of what it asks for later. */
const send = (router: RouterPlay, command: Command) => router.handle<Command['type']>(command);
const upsert = (patch: JobPatch): Command => ({ type: 'UpsertJob', id: jobId, patch });
const classify: Command = { type: 'ClassifyJob', jobId, attempt: 0 };

type Stage = (router: RouterPlay) => void;

const sending =
  (...commands: readonly Command[]): Stage =>
  (router) => {
    for (const command of commands) send(router, command);
  };

/** Brings job-1 into a status, without a classification policy where there can be one without. */
const stages: Readonly<Record<Exclude<JobStatus, 'scheduleFailed'>, Stage>> = {
  created: sending(upsert(inQueue)),
  pendingClassification: sending(upsert(classified)),
  classificationFailed: sending(upsert({ ...classified, classificationPolicyId: id('failing') }), classify),
  pendingSchedule: sending(upsert({ ...inQueue, ...scheduled })),
  scheduled: sending(upsert({ ...inQueue, ...scheduled }), { type: 'ScheduleJob', jobId }),
  waitingForActivation: sending(upsert({ ...inQueue, ...suspended })),
  queued: (router) => void router.job('job-1', inQueue),
  assigned: (router) => {
    stages.queued(router);
    router.accept('worker-1');
  },
  completed: (router) => {
    stages.assigned(router);
    router.mustDo<'CompleteAssignment'>({ type: 'CompleteAssignment', ...assignment(router) });
  },
  closed: (router) => {
    stages.completed(router);
    router.mustDo<'CloseAssignment'>({ type: 'CloseAssignment', ...assignment(router) });
  },
  cancelled: (router) => {
    stages.queued(router);
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId });
  },
};

/** The same with a policy. */
const classifiedStages: Partial<Record<JobStatus, Stage>> = {
  ...stages,
  pendingSchedule: sending(upsert({ ...classified, ...scheduled }), classify),
  scheduled: sending(upsert({ ...classified, ...scheduled }), classify, { type: 'ScheduleJob', jobId }),
  waitingForActivation: sending(upsert({ ...classified, ...suspended }), classify),
  queued: (router) => void router.job('job-1', classified),
};

function assignment(router: RouterPlay) {
  const [shown] = router.read.job(jobId)?.assignments ?? [];
  return { jobId, assignmentId: shown?.assignmentId ?? id<never>('none') };
}

/** How a row of the table is walked: the status it begins in, and the command that makes the move. */
interface Walk {
  readonly stage?: Stage | 'classified';
  readonly command: (router: RouterPlay) => Command;
}

const passing = sending(upsert(classified), classify);
const watched: Stage = (router) => {
  const actions = [{ kind: 'manualReclassify', queueId: id<never>('queue-2') }] as const;
  const exceptionRules = [
    { id: 'rule-1', trigger: { kind: 'waitTime', thresholdSeconds: 5 }, actions },
  ] as const;
  const policyId = id<never>('exceptions');
  router.mustDo<'UpsertExceptionPolicy'>({
    type: 'UpsertExceptionPolicy',
    id: policyId,
    patch: { exceptionRules },
  });
  router.queue('queue-1', { exceptionPolicyId: policyId });
  stages.queued(router);
  router.oversleep(5 * SECONDS);
};

const walks: Readonly<Record<string, Walk>> = {
  UpsertJob: { stage: () => {}, command: () => upsert(inQueue) },
  EnqueueJob: { command: () => ({ type: 'EnqueueJob', jobId }) },
  'ClassifyJob, with questions to the outside': {
    stage: sending(upsert({ ...classified, classificationPolicyId: id('asking') })),
    command: () => classify,
  },
  'ClassifyJob, OutsideCallAnswered with the last answer': { command: () => classify },
  'ClassifyJob, OutsideCallAnswered, with a rule that fails or no queue': {
    stage: sending(upsert({ ...classified, classificationPolicyId: id('failing') })),
    command: () => classify,
  },
  'EnqueueJob, when in passing': { stage: passing, command: () => ({ type: 'EnqueueJob', jobId }) },
  ScheduleJob: { command: () => ({ type: 'ScheduleJob', jobId }) },
  ActivateScheduledJob: {
    stage: (router) => {
      stages.scheduled(router);
      router.oversleep(60 * SECONDS);
    },
    command: () => ({ type: 'ActivateScheduledJob', jobId }),
  },
  'ReclassifyJob, with a policy': { stage: 'classified', command: () => ({ type: 'ReclassifyJob', jobId }) },
  "UpsertJob of the policy, of labels with a policy, or of a queue that is no longer the job's own": {
    command: () => upsert({ classificationPolicyId: id('other') }),
  },
  'UpsertJob of a queue': { command: () => upsert({ queueId: id('queue-2') }) },
  'UpsertJob that takes the policy away': {
    command: () => upsert({ classificationPolicyId: null, queueId: id('queue-1') }),
  },
  'UpsertJob, mode `suspend`': {
    stage: 'classified',
    command: () => upsert({ matchingMode: { kind: 'suspend' } }),
  },
  'UpsertJob, mode `scheduleAndSuspend`, or another time': {
    command: () =>
      upsert({ matchingMode: { kind: 'scheduleAndSuspend', scheduleAt: secondsAfter(NINE_AM, 90) } }),
  },
  'UpsertJob, mode `queueAndMatch`': { command: () => upsert({ matchingMode: null }) },
  'UpsertJob of queue, channel, selectors or priority, and of labels without a policy': {
    command: () => upsert({ priority: 7 }),
  },
  'UpsertJob of anything else, which queues it at once': { command: () => upsert({ tags: { seen: true } }) },
  'UpsertJob of anything else': { command: () => upsert({ tags: { seen: true }, dispositionCode: 'Later' }) },
  TriggerException: {
    stage: watched,
    command: () => ({ type: 'TriggerException', jobId, queueId: id('queue-1'), ruleId: 'rule-1' }),
  },
  ExpireSelectors: {
    stage: (router) => {
      const selector = { key: 'a', labelOperator: 'equal', value: 1, expiresAfterSeconds: 5 } as const;
      router.job('job-1', { ...inQueue, requestedWorkerSelectors: [selector] });
      router.oversleep(5 * SECONDS);
    },
    command: () => ({ type: 'ExpireSelectors', jobId }),
  },
  AcceptOffer: {
    command: (router) => ({
      type: 'AcceptOffer',
      workerId: id('worker-1'),
      offerId: router.offerTo('worker-1'),
    }),
  },
  CompleteAssignment: { command: (router) => ({ type: 'CompleteAssignment', ...assignment(router) }) },
  UnassignJob: { command: (router) => ({ type: 'UnassignJob', ...assignment(router) }) },
  'CloseAssignment with a future `closeAt`': {
    command: (router) => ({
      type: 'CloseAssignment',
      ...assignment(router),
      closeAt: secondsAfter(NINE_AM, 60),
    }),
  },
  'CloseAssignment, CloseDueAssignment': {
    command: (router) => ({ type: 'CloseAssignment', ...assignment(router) }),
  },
  CancelJob: { command: () => ({ type: 'CancelJob', jobId }) },
  DeleteJob: { command: () => ({ type: 'DeleteJob', id: jobId }) },
  'ExpireJob, 90 days after creation': {
    command: (router) => {
      router.oversleep(90 * 24 * 60 * 60 * SECONDS);
      return { type: 'ExpireJob', jobId };
    },
  },
};

function startsOf({ from }: Row): readonly string[] {
  if (from === 'any open status') return openStatuses;
  if (from === 'any status') return statuses;
  return from === '(none)' ? [from] : codes(from);
}

function stageFor({ stage }: Walk, status: string): Stage {
  if (typeof stage === 'function') return stage;
  const known = stage === 'classified' ? classifiedStages : stages;
  const found = Object.entries(known).find(([name]) => name === status)?.[1];
  if (!found) throw new Error(`Nobody knows how a job gets ${status}`);
  return found;
}

describe('every move of a job in the table', () => {
  it.each(rows.flatMap((row) => startsOf(row).map((from) => ({ ...row, start: from }))))(
    'holds: $start, $move',
    ({ move, start, to, facts }) => {
      const walk = walks[move];
      if (!walk) throw new Error(`The move "${move}" of the README has no walk here`);
      const router = world();
      stageFor(walk, start)(router);
      expect(router.read.job(jobId)?.status ?? '(none)').toBe(start);
      const command = walk.command(router);
      router.toldFacts();
      expect(send(router, command)).toMatchObject({ ok: true });
      const status = router.read.job(jobId)?.status ?? 'gone';
      if (to === 'the same') expect(status).toBe(start);
      else expect(to === 'gone' ? ['gone'] : codes(to)).toContain(status);
      expectFacts(router.toldFacts(), facts);
    },
  );

  it('is all that is walked', () => {
    expect(Object.keys(walks).sort()).toEqual([...new Set(rows.map(({ move }) => move))].sort());
  });
});

/** What a client, or the engine itself, may ask for at any time, right or wrong. */
const actions: Readonly<Record<string, (router: RouterPlay) => Command>> = {
  UpsertJob: () => upsert({ tags: { seen: true } }),
  ReclassifyJob: () => ({ type: 'ReclassifyJob', jobId }),
  CancelJob: () => ({ type: 'CancelJob', jobId }),
  AcceptOffer: () => ({ type: 'AcceptOffer', workerId: id('worker-1'), offerId: id('none') }),
  CompleteAssignment: (router) => ({ type: 'CompleteAssignment', ...assignment(router) }),
  CloseAssignment: (router) => ({ type: 'CloseAssignment', ...assignment(router) }),
  UnassignJob: (router) => ({ type: 'UnassignJob', ...assignment(router) }),
  DeleteJob: () => ({ type: 'DeleteJob', id: jobId }),
};
const steps: Readonly<Record<string, (router: RouterPlay) => Command>> = {
  EnqueueJob: () => ({ type: 'EnqueueJob', jobId }),
  ClassifyJob: () => classify,
  ScheduleJob: () => ({ type: 'ScheduleJob', jobId }),
  ActivateScheduledJob: () => ({ type: 'ActivateScheduledJob', jobId }),
  TriggerException: () => ({ type: 'TriggerException', jobId, queueId: id('queue-1'), ruleId: 'rule-1' }),
  ExpireSelectors: () => ({ type: 'ExpireSelectors', jobId }),
  CloseDueAssignment: (router) => ({ type: 'CloseDueAssignment', ...assignment(router) }),
};

const pairsOutside = (commands: object) =>
  Object.keys(commands).flatMap((action) =>
    statuses
      .filter(
        (status) =>
          !rows.some((row) => startsOf(row).includes(status) && commandsOf(row.move).includes(action)),
      )
      .map((status) => [status, action] as const),
  );

describe('every action on a job that is not in the table', () => {
  it.each(pairsOutside(actions))('is refused: %s, %s', (status, action) => {
    const router = world();
    stageFor({ command: () => classify }, status)(router);
    const before = router.read.job(jobId);
    const command = actions[action]?.(router) ?? classify;
    router.toldFacts();
    const answer = send(router, command);
    expect(answer.ok).toBe(false);
    if (!answer.ok) expect(refusals.get(action)).toContain(answer.failure.kind);
    expect(router.read.job(jobId)).toEqual(before);
    expect(router.toldFacts()).toEqual([]);
  });

  it.each(pairsOutside(steps))('comes too late and does nothing: %s, %s', (status, action) => {
    const router = world();
    stageFor({ command: () => classify }, status)(router);
    const before = router.read.job(jobId);
    const command = steps[action]?.(router) ?? classify;
    router.toldFacts();
    expect(send(router, command)).toMatchObject({ ok: true });
    expect(router.read.job(jobId)).toEqual(before);
    expect(router.toldFacts()).toEqual([]);
  });
});
