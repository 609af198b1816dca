/** Every status of a job against everything that can be asked of it: what README.md does not list is refused. */
import { describe, expect, it } from 'vitest';
import { type Instant, millisecondsAfter } from '../../../../../emulator/clock/instant.ts';
import type { CommandType } from '../../../../../emulator/router/engine/commands.ts';
import { realisticDelays } from '../../../../../emulator/router/engine/delays.ts';
import type { AssignmentId, JobId, OfferId, WorkerId } from '../../../../../emulator/router/engine/ids.ts';
import type { JobStatus } from '../../../../../emulator/router/engine/model.ts';
import { id, NINE_AM, playRouter } from './playRouter.ts';

const HOUR = 3_600_000;
const inAnHour = millisecondsAfter(NINE_AM, HOUR);

/** Statuses a job can be brought into, with a passing one and a planned close told apart from the others. */
type Situation =
  | Exclude<JobStatus, 'scheduleFailed' | 'waitingForActivation'>
  | 'suspended'
  | 'passing'
  | 'planned';

const situations: readonly Situation[] = [
  'created',
  'pendingClassification',
  'classificationFailed',
  'pendingSchedule',
  'scheduled',
  'suspended',
  'passing',
  'queued',
  'assigned',
  'completed',
  'planned',
  'closed',
  'cancelled',
];

const jobId = id<JobId>('job-1');
const workerId = id<WorkerId>('worker-1');

function jobIn(situation: Situation) {
  const router = playRouter({ delays: realisticDelays });
  router.openQueue();
  router.classification('policy', { fallbackQueueId: id('queue-1') });
  router.classification('failing', { prioritizationRule: { kind: 'static', value: 'high' } });
  router.available('worker-1');
  const assigned = () => {
    router.submit('job-1');
    router.advance(1000);
    return router.accept('worker-1');
  };
  let assignmentId = id<AssignmentId>('no-assignment');
  const complete = () => {
    assignmentId = assigned().assignmentId;
    router.mustDo<'CompleteAssignment'>({ type: 'CompleteAssignment', jobId, assignmentId });
  };
  const close = (closeAt?: Instant) =>
    router.mustDo<'CloseAssignment'>({
      type: 'CloseAssignment',
      jobId,
      assignmentId,
      ...(closeAt !== undefined && { closeAt }),
    });
  const ways: Record<Situation, () => unknown> = {
    created: () => router.submit('job-1'),
    pendingClassification: () => router.submit('job-1', { classificationPolicyId: id('policy') }),
    classificationFailed: () => {
      router.submit('job-1', { classificationPolicyId: id('failing') });
      router.advance(1000);
    },
    pendingSchedule: () =>
      router.submit('job-1', { matchingMode: { kind: 'scheduleAndSuspend', scheduleAt: inAnHour } }),
    scheduled: () => {
      router.submit('job-1', { matchingMode: { kind: 'scheduleAndSuspend', scheduleAt: inAnHour } });
      router.advance(1000);
    },
    suspended: () => router.submit('job-1', { matchingMode: { kind: 'suspend' } }),
    passing: () => {
      router.submit('job-1', { classificationPolicyId: id('policy') });
      router.advance(150);
    },
    queued: () => {
      router.submit('job-1');
      router.advance(1000);
    },
    assigned: () => {
      assignmentId = assigned().assignmentId;
    },
    completed: complete,
    planned: () => {
      complete();
      close(inAnHour);
    },
    closed: () => {
      complete();
      close();
    },
    cancelled: () => {
      router.submit('job-1');
      router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId });
    },
  };
  ways[situation]();
  const [offer] = router.workerNamed('worker-1').offers;
  router.toldFacts();
  return { router, assignmentId, offerId: offer?.offerId ?? id<OfferId>('no-offer') };
}

const statusOf: Record<Situation, JobStatus> = {
  created: 'created',
  pendingClassification: 'pendingClassification',
  classificationFailed: 'classificationFailed',
  pendingSchedule: 'pendingSchedule',
  scheduled: 'scheduled',
  suspended: 'waitingForActivation',
  passing: 'waitingForActivation',
  queued: 'queued',
  assigned: 'assigned',
  completed: 'completed',
  planned: 'completed',
  closed: 'closed',
  cancelled: 'cancelled',
};

/** What comes of an action: the status afterwards, `gone`, or the kind of the refusal. */
function outcomeOf(situation: Situation, action: Action): string {
  const { router, assignmentId, offerId } = jobIn(situation);
  expect(router.jobNamed('job-1').status).toBe(statusOf[situation]);
  const commands = {
    edit: { type: 'UpsertJob', id: jobId, patch: { priority: 50 } },
    suspend: { type: 'UpsertJob', id: jobId, patch: { matchingMode: { kind: 'suspend' } } },
    activate: { type: 'UpsertJob', id: jobId, patch: { matchingMode: { kind: 'queueAndMatch' } } },
    classify: {
      type: 'UpsertJob',
      id: jobId,
      patch: { classificationPolicyId: id('policy'), labels: { a: 1 } },
    },
    reclassify: { type: 'ReclassifyJob', jobId },
    accept: { type: 'AcceptOffer', workerId, offerId },
    decline: { type: 'DeclineOffer', workerId, offerId },
    complete: { type: 'CompleteAssignment', jobId, assignmentId },
    close: { type: 'CloseAssignment', jobId, assignmentId },
    unassign: { type: 'UnassignJob', jobId, assignmentId },
    cancel: { type: 'CancelJob', jobId },
    delete: { type: 'DeleteJob', id: jobId },
  } as const;
  const answer = router.handle<CommandType>(commands[action]);
  if (!answer.ok) return answer.failure.kind;
  return router.read.job(jobId)?.status ?? 'gone';
}

const actions = [
  'edit',
  'suspend',
  'activate',
  'classify',
  'reclassify',
  'accept',
  'decline',
  'complete',
  'close',
  'unassign',
  'cancel',
  'delete',
] as const;
type Action = (typeof actions)[number];

const anywhere = {
  accept: 'offerNotFound',
  decline: 'offerNotFound',
  complete: 'assignmentNotFound',
  close: 'assignmentNotFound',
  unassign: 'assignmentNotFound',
  reclassify: 'noClassificationPolicy',
  cancel: 'cancelled',
  delete: 'jobStillActive',
  classify: 'pendingClassification',
  suspend: 'waitingForActivation',
  activate: 'queued',
} as const;
const held = {
  complete: 'wrongStatus',
  close: 'wrongStatus',
  unassign: 'wrongStatus',
  reclassify: 'wrongStatus',
};
const ended = {
  edit: 'wrongStatus',
  suspend: 'wrongStatus',
  activate: 'wrongStatus',
  classify: 'wrongStatus',
  reclassify: 'wrongStatus',
  cancel: 'wrongStatus',
  delete: 'gone',
};
const same = (status: JobStatus) => ({ edit: status, suspend: status, activate: status, classify: status });

const expected: Record<Situation, Record<Action, string>> = {
  created: { ...anywhere, edit: 'created', activate: 'created' },
  pendingClassification: {
    ...anywhere,
    ...same('pendingClassification'),
    reclassify: 'pendingClassification',
  },
  classificationFailed: {
    ...anywhere,
    ...same('classificationFailed'),
    classify: 'pendingClassification',
    reclassify: 'pendingClassification',
  },
  pendingSchedule: { ...anywhere, edit: 'pendingSchedule' },
  scheduled: { ...anywhere, edit: 'scheduled' },
  suspended: { ...anywhere, edit: 'waitingForActivation' },
  passing: {
    ...anywhere,
    edit: 'waitingForActivation',
    activate: 'waitingForActivation',
    reclassify: 'pendingClassification',
  },
  queued: { ...anywhere, edit: 'queued', accept: 'assigned', decline: 'queued' },
  assigned: { ...anywhere, ...same('assigned'), ...held, complete: 'completed', unassign: 'queued' },
  completed: { ...anywhere, ...same('completed'), ...held, close: 'closed' },
  planned: { ...anywhere, ...same('completed'), ...held, close: 'closed' },
  closed: { ...anywhere, ...held, ...ended },
  cancelled: { ...anywhere, ...ended },
};

describe('a job', () => {
  const pairs = situations.flatMap((situation) =>
    actions.map((action) => [situation, action, expected[situation][action]] as const),
  );

  it.each(pairs)('that is %s and is asked to %s: %s', (situation, action, outcome) => {
    expect(outcomeOf(situation, action)).toBe(outcome);
  });
});

describe('a command the engine sends itself', () => {
  const late = [
    'EnqueueJob',
    'ClassifyJob',
    'ScheduleJob',
    'ActivateScheduledJob',
    'TriggerException',
    'ExpireSelectors',
    'ExpireOffer',
    'CloseDueAssignment',
    'ForgetDecline',
    'ExpireJob',
  ] as const;
  type Late = (typeof late)[number];

  /** The moves the table lists. Each of the others comes too late or too early. */
  const moves: Partial<Record<Situation, Partial<Record<Late, JobStatus>>>> = {
    created: { EnqueueJob: 'queued' },
    pendingClassification: { ClassifyJob: 'waitingForActivation' },
    passing: { EnqueueJob: 'queued' },
    pendingSchedule: { ScheduleJob: 'scheduled' },
  };
  const pairs = situations.flatMap((situation) => late.map((type) => [situation, type] as const));

  it.each(pairs)('finds a job that is %s: %s moves it only as the table says', (situation, type) => {
    const { router, assignmentId } = jobIn(situation);
    const commands = {
      EnqueueJob: { type: 'EnqueueJob', jobId },
      ClassifyJob: { type: 'ClassifyJob', jobId, attempt: 0 },
      ScheduleJob: { type: 'ScheduleJob', jobId },
      ActivateScheduledJob: { type: 'ActivateScheduledJob', jobId },
      TriggerException: { type: 'TriggerException', jobId, queueId: id('queue-1'), ruleId: 'none' },
      ExpireSelectors: { type: 'ExpireSelectors', jobId },
      ExpireOffer: { type: 'ExpireOffer', workerId, offerId: id('no-offer') },
      CloseDueAssignment: { type: 'CloseDueAssignment', jobId, assignmentId },
      ForgetDecline: { type: 'ForgetDecline', workerId, jobId },
      ExpireJob: { type: 'ExpireJob', jobId },
    } as const;
    const before = router.jobNamed('job-1');
    expect(router.handle<CommandType>(commands[type]).ok).toBe(true);
    const status = moves[situation]?.[type];
    if (status) expect(router.jobNamed('job-1').status).toBe(status);
    else {
      expect(router.jobNamed('job-1')).toEqual(before);
      expect(router.told()).toEqual([]);
    }
  });
});
