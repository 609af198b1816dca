import { describe, expect, it } from 'vitest';
import { secondsAfter } from '../../../../../emulator/clock/instant.ts';
import type {
  Command,
  ExceptionActionInput,
  JobPatch,
} from '../../../../../emulator/router/engine/commands.ts';
import type { JobStatus } from '../../../../../emulator/router/engine/model/job.ts';
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

/** One way to walk a row of the table: how its job gets where it begins, and the command that makes the move. */
interface Walk {
  readonly stage?: Stage | 'classified';
  /** The statuses it begins in, where that is not all those of the row. */
  readonly only?: readonly JobStatus[];
  readonly command: (router: RouterPlay) => Command;
}

const passing = sending(upsert(classified), classify);
const toBeClassified = (patch: JobPatch): Stage => sending(upsert({ ...classified, ...patch }));
const asked = sending(upsert({ ...classified, classificationPolicyId: id('asking') }), classify);
const answered =
  (value: number | string) =>
  (router: RouterPlay): Command => {
    const [call] = router.calls();
    const callId = call?.callId ?? id<never>('none');
    return { type: 'OutsideCallAnswered', callId, outcome: { kind: 'answered', value } };
  };
const assignedAnd =
  (patch: JobPatch): Stage =>
  (router) => {
    stages.assigned(router);
    send(router, upsert(patch));
  };
const watched =
  (...actions: readonly ExceptionActionInput[]): Stage =>
  (router) => {
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
const waited: Walk['command'] = () => ({
  type: 'TriggerException',
  jobId,
  queueId: id('queue-1'),
  ruleId: 'rule-1',
});

const closeLater = (router: RouterPlay): Command => ({
  type: 'CloseAssignment',
  ...assignment(router),
  closeAt: secondsAfter(NINE_AM, 60),
});

const walks: Readonly<Record<string, readonly Walk[]>> = {
  UpsertJob: [inQueue, classified, { ...inQueue, ...suspended }, { ...inQueue, ...scheduled }].map(
    (patch) => ({ stage: () => {}, command: () => upsert(patch) }),
  ),
  EnqueueJob: [{ command: () => ({ type: 'EnqueueJob', jobId }) }],
  'ClassifyJob, with questions to the outside': [
    {
      stage: sending(upsert({ ...classified, classificationPolicyId: id('asking') })),
      command: () => classify,
    },
  ],
  'ClassifyJob, OutsideCallAnswered with the last answer': [
    { command: () => classify },
    { stage: toBeClassified(suspended), command: () => classify },
    { stage: toBeClassified(scheduled), command: () => classify },
    { stage: asked, command: answered(5) },
  ],
  'ClassifyJob, OutsideCallAnswered, with a rule that fails or no queue': [
    { stage: toBeClassified({ classificationPolicyId: id('failing') }), command: () => classify },
    { stage: asked, command: answered('not a priority') },
  ],
  'EnqueueJob, when in passing': [{ stage: passing, command: () => ({ type: 'EnqueueJob', jobId }) }],
  ScheduleJob: [{ command: () => ({ type: 'ScheduleJob', jobId }) }],
  ActivateScheduledJob: [
    {
      stage: (router) => {
        stages.scheduled(router);
        router.oversleep(60 * SECONDS);
      },
      command: () => ({ type: 'ActivateScheduledJob', jobId }),
    },
  ],
  'ReclassifyJob, with a policy': [
    { stage: 'classified', command: () => ({ type: 'ReclassifyJob', jobId }) },
  ],
  "UpsertJob of the policy, of labels with a policy, or of a queue that is no longer the job's own": [
    { command: () => upsert({ classificationPolicyId: id('other') }) },
    {
      stage: 'classified',
      only: openStatuses.filter((status) => status !== 'created'),
      command: () => upsert({ labels: { vip: true } }),
    },
    {
      stage: toBeClassified({ queueId: id('queue-1') }),
      only: ['pendingClassification'],
      command: () => upsert({ queueId: null }),
    },
  ],
  'UpsertJob of a queue': [{ command: () => upsert({ queueId: id('queue-2') }) }],
  'UpsertJob that takes the policy away': [
    { command: () => upsert({ classificationPolicyId: null, queueId: id('queue-1') }) },
  ],
  'UpsertJob, mode `suspend`': [
    { stage: 'classified', command: () => upsert({ matchingMode: { kind: 'suspend' } }) },
  ],
  'UpsertJob, mode `scheduleAndSuspend`, or another time': [
    {
      command: () =>
        upsert({ matchingMode: { kind: 'scheduleAndSuspend', scheduleAt: secondsAfter(NINE_AM, 90) } }),
    },
  ],
  'UpsertJob, mode `queueAndMatch`': [{ command: () => upsert({ matchingMode: null }) }],
  'UpsertJob of queue, channel, selectors or priority, and of labels without a policy': [
    { queueId: id<never>('queue-2') },
    { channelId: 'chat' },
    { requestedWorkerSelectors: [{ key: 'skill', labelOperator: 'equal', value: 1 } as const] },
    { priority: 7 },
    { labels: { vip: true } },
  ].map((patch) => ({ command: () => upsert(patch) })),
  'UpsertJob of anything else, which queues it at once': [
    { command: () => upsert({ tags: { seen: true } }) },
  ],
  'UpsertJob of anything else': [
    { command: () => upsert({ tags: { seen: true }, dispositionCode: 'Later' }) },
  ],
  TriggerException: [
    { stage: watched({ kind: 'manualReclassify', queueId: id('queue-2') }), command: waited },
    {
      stage: watched({ kind: 'reclassify', classificationPolicyId: id('classify') }),
      command: waited,
    },
    { stage: watched({ kind: 'cancel', note: 'Nobody came' }), command: waited },
  ],
  ExpireSelectors: [
    {
      stage: (router) => {
        const selector = { key: 'a', labelOperator: 'equal', value: 1, expiresAfterSeconds: 5 } as const;
        router.job('job-1', { ...inQueue, requestedWorkerSelectors: [selector] });
        router.oversleep(5 * SECONDS);
      },
      command: () => ({ type: 'ExpireSelectors', jobId }),
    },
  ],
  AcceptOffer: [
    {
      command: (router) => ({
        type: 'AcceptOffer',
        workerId: id('worker-1'),
        offerId: router.offerTo('worker-1'),
      }),
    },
  ],
  CompleteAssignment: [{ command: (router) => ({ type: 'CompleteAssignment', ...assignment(router) }) }],
  UnassignJob: [
    { command: (router) => ({ type: 'UnassignJob', ...assignment(router) }) },
    { command: (router) => ({ type: 'UnassignJob', ...assignment(router), suspendMatching: true }) },
    {
      stage: assignedAnd(scheduled),
      command: (router) => ({ type: 'UnassignJob', ...assignment(router) }),
    },
  ],
  'CloseAssignment with a future `closeAt`': [{ command: (router) => closeLater(router) }],
  'CloseAssignment, CloseDueAssignment': [
    { command: (router) => ({ type: 'CloseAssignment', ...assignment(router) }) },
    {
      stage: (router) => {
        stages.completed(router);
        send(router, closeLater(router));
        router.oversleep(60 * SECONDS);
      },
      command: (router) => ({ type: 'CloseDueAssignment', ...assignment(router) }),
    },
  ],
  CancelJob: [{ command: () => ({ type: 'CancelJob', jobId }) }],
  DeleteJob: [{ command: () => ({ type: 'DeleteJob', id: jobId }) }],
  'ExpireJob, 90 days after creation': [
    {
      command: (router) => {
        router.oversleep(90 * 24 * 60 * 60 * SECONDS);
        return { type: 'ExpireJob', jobId };
      },
    },
  ],
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

interface Way extends Row {
  readonly start: string;
  readonly walk: Walk;
}

const waysOf = (row: Row): readonly Way[] =>
  startsOf(row).flatMap((start) =>
    (walks[row.move] ?? [])
      .filter(({ only }) => !only || only.some((status) => status === start))
      .map((walk) => ({ ...row, start, walk })),
  );

/** Goes one way of a row; gives the command that made the move and what it led to. */
function go({ start, walk }: Way) {
  const router = world();
  stageFor(walk, start)(router);
  expect(router.read.job(jobId)?.status ?? '(none)').toBe(start);
  const command = walk.command(router);
  const open = router.offered().length;
  router.toldFacts();
  expect(send(router, command)).toMatchObject({ ok: true });
  const status = router.read.job(jobId)?.status ?? 'gone';
  return { command: command.type, status, open, facts: router.toldFacts() };
}

describe('every move of a job in the table', () => {
  it.each(rows.flatMap(waysOf))('holds: $start, $move', (way) => {
    const { status, open, facts } = go(way);
    if (way.to === 'the same') expect(status).toBe(way.start);
    else expect(way.to === 'gone' ? ['gone'] : codes(way.to)).toContain(status);
    expectFacts(facts, way.facts);
    if (way.facts.includes('WorkerOfferRevoked per offer')) {
      expect(facts.filter(({ type }) => type === 'WorkerOfferRevoked')).toHaveLength(open);
    }
  });

  it.each(rows)('is made by every command and to every status it names: $from, $move', (row) => {
    const gone = waysOf(row).map(go);
    expect(new Set(gone.map(({ command }) => command))).toEqual(new Set(commandsOf(row.move)));
    if (row.to === 'the same' || row.to === 'gone') return;
    expect(new Set(gone.map(({ status }) => status))).toEqual(new Set(codes(row.to)));
  });

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
