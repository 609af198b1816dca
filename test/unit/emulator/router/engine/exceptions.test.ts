import { describe, expect, it } from 'vitest';
import type { CommandOf, ExceptionPolicyPatch } from '../../../../../emulator/router/engine/commands.ts';
import type { ExceptionTrigger } from '../../../../../emulator/router/engine/model/exceptionPolicy.ts';
import { id, NINE_AM, playRouter, type RouterPlay, SECONDS } from './playRouter.ts';

type Rules = NonNullable<ExceptionPolicyPatch['exceptionRules']>;
type Action = Rules[number]['actions'][number];

const waited = (thresholdSeconds: number): ExceptionTrigger => ({ kind: 'waitTime', thresholdSeconds });
const longer = (threshold: number): ExceptionTrigger => ({ kind: 'queueLength', threshold });
const toQueue2: Action = { kind: 'manualReclassify', queueId: id('queue-2'), priority: 100 };

const policy = (router: RouterPlay, exceptionRules: Rules, name = 'exceptions-1') =>
  router.mustDo<'UpsertExceptionPolicy'>({
    type: 'UpsertExceptionPolicy',
    id: id(name),
    patch: { exceptionRules },
  });

/** Two queues; the first is watched by these rules. */
function watched(...rules: (readonly [ExceptionTrigger, ...Action[]])[]) {
  const router = playRouter();
  router.openQueue();
  router.queue('queue-2', { distributionPolicyId: id('policy-1') });
  policy(
    router,
    rules.map(([trigger, ...actions], index) => ({ id: `rule-${index + 1}`, trigger, actions })),
  );
  router.queue('queue-1', { exceptionPolicyId: id('exceptions-1') });
  router.told();
  return router;
}

describe('an exception policy', () => {
  it('shows its rules with new action ids after every patch of them, and keeps them when only the name changes', () => {
    const router = watched([waited(10), { kind: 'cancel', note: 'Too late' }]);
    const before = router.read.exceptionPolicy(id('exceptions-1'));
    expect(before?.exceptionRules).toEqual([
      {
        id: 'rule-1',
        trigger: { kind: 'waitTime', thresholdSeconds: 10 },
        actions: [{ kind: 'cancel', note: 'Too late', id: expect.any(String) }],
      },
    ]);
    const patch = { name: 'Escalation' };
    router.mustDo<'UpsertExceptionPolicy'>({ type: 'UpsertExceptionPolicy', id: id('exceptions-1'), patch });
    const renamed = router.read.exceptionPolicy(id('exceptions-1'));
    expect(renamed?.exceptionRules).toEqual(before?.exceptionRules);
    const { resource } = policy(router, [
      { id: 'rule-1', trigger: waited(10), actions: [{ kind: 'cancel', note: 'Too late' }] },
    ]);
    expect(resource.exceptionRules[0]?.actions[0]?.id).not.toBe(before?.exceptionRules[0]?.actions[0]?.id);
    expect(resource.revision.version).toBe(2);
  });

  it('cannot be deleted while a queue names it, and can when none does', () => {
    const router = watched([waited(10), { kind: 'cancel' }]);
    const command: CommandOf<'DeleteExceptionPolicy'> = {
      type: 'DeleteExceptionPolicy',
      id: id('exceptions-1'),
    };
    expect(router.refusalOf<'DeleteExceptionPolicy'>(command)).toEqual({ kind: 'exceptionPolicyInUse' });
    router.queue('queue-1', { exceptionPolicyId: null });
    router.mustDo<'DeleteExceptionPolicy'>(command);
    expect(router.read.exceptionPolicies()).toEqual([]);
  });

  it.each<[string, Rules[number], string]>([
    [
      'an unknown classification policy',
      { id: 'a', trigger: waited(1), actions: [{ kind: 'reclassify', classificationPolicyId: id('none') }] },
      'exceptionRules[0].actions[0].classificationPolicyId',
    ],
    [
      'a negative wait',
      { id: 'a', trigger: waited(-1), actions: [] },
      'exceptionRules[0].trigger.thresholdSeconds',
    ],
    ['half a job', { id: 'a', trigger: longer(0.5), actions: [] }, 'exceptionRules[0].trigger.threshold'],
    ['a rule without an id', { id: '', trigger: waited(1), actions: [] }, 'exceptionRules[0].id'],
  ])('is refused with %s', (_, rule, member) => {
    const router = playRouter();
    const failure = router.refusalOf<'UpsertExceptionPolicy'>({
      type: 'UpsertExceptionPolicy',
      id: id('exceptions-1'),
      patch: { exceptionRules: [rule] },
    });
    expect(failure).toMatchObject({ kind: 'invalid', problems: [{ member }] });
  });
});

describe('a rule on the wait', () => {
  it('cancels a job that has waited for long enough, with the disposition "None" and its note', () => {
    const router = watched([waited(10), { kind: 'cancel', note: 'Too late' }]);
    router.submit('job-1');
    router.advance(9_999);
    expect(router.jobNamed('job-1').status).toBe('queued');
    router.told();
    router.advance(1);
    expect(router.jobNamed('job-1')).toMatchObject({
      status: 'cancelled',
      dispositionCode: 'None',
      notes: [{ message: 'Too late', addedAt: NINE_AM + 10 * SECONDS }],
    });
    expect(router.told()).toEqual(['JobExceptionTriggered job-1', 'JobCancelled job-1']);
  });

  it('takes back the open offers of a job that it moves, and keeps its seniority', () => {
    const router = watched([waited(30), toQueue2]);
    router.available('worker-1');
    router.submit('job-1');
    router.told();
    router.advance(30 * SECONDS);
    expect(router.jobNamed('job-1')).toMatchObject({
      status: 'queued',
      queueId: 'queue-2',
      priority: 100,
      enqueuedAt: NINE_AM,
    });
    expect(router.told()).toEqual([
      'JobExceptionTriggered job-1',
      'WorkerOfferRevoked job-1 worker-1',
      'JobQueued job-1',
    ]);
  });

  it('spares a job that was accepted in time, and counts anew when it comes back', () => {
    const router = watched([waited(30), { kind: 'cancel' }]);
    router.available('worker-1');
    router.submit('job-1');
    const { assignmentId, jobId } = router.accept('worker-1');
    router.advance(60 * SECONDS);
    expect(router.jobNamed('job-1').status).toBe('assigned');
    router.worker('worker-1', { availableForOffers: false });
    router.mustDo<'UnassignJob'>({ type: 'UnassignJob', jobId, assignmentId });
    router.advance(29 * SECONDS);
    expect(router.jobNamed('job-1').status).toBe('queued');
    router.advance(SECONDS);
    expect(router.jobNamed('job-1').status).toBe('cancelled');
  });

  it('counts for jobs that wait already, and by its new threshold once it is edited', () => {
    const router = watched();
    router.submit('job-1');
    router.advance(20 * SECONDS);
    policy(router, [{ id: 'rule-1', trigger: waited(60), actions: [{ kind: 'cancel' }] }]);
    policy(router, [{ id: 'rule-1', trigger: waited(90), actions: [{ kind: 'cancel' }] }]);
    router.advance(50 * SECONDS);
    expect(router.jobNamed('job-1').status).toBe('queued');
    policy(router, [{ id: 'rule-1', trigger: waited(15), actions: [{ kind: 'cancel' }] }]);
    expect(router.jobNamed('job-1').status).toBe('cancelled');
  });

  it('counts from the moment the queue gets the policy for those who have waited longer', () => {
    const router = watched([waited(10), { kind: 'cancel' }]);
    router.submit('job-1', { queueId: id('queue-2') });
    router.advance(60 * SECONDS);
    router.queue('queue-2', { exceptionPolicyId: id('exceptions-1') });
    expect(router.jobNamed('job-1').status).toBe('cancelled');
  });

  it('is the business of the queue the job has moved to', () => {
    const router = watched([waited(10), toQueue2]);
    policy(router, [{ id: 'last', trigger: waited(20), actions: [{ kind: 'cancel' }] }], 'exceptions-2');
    router.queue('queue-2', { exceptionPolicyId: id('exceptions-2') });
    router.submit('job-1');
    router.advance(29 * SECONDS);
    expect(router.jobNamed('job-1')).toMatchObject({ status: 'queued', queueId: 'queue-2' });
    router.advance(SECONDS);
    expect(router.jobNamed('job-1').status).toBe('cancelled');
  });

  it('lets two queues hand a job to and fro for ever, one wait after the other', () => {
    const router = watched([waited(10), toQueue2]);
    const back: Action = { kind: 'manualReclassify', queueId: id('queue-1') };
    policy(router, [{ id: 'back', trigger: waited(10), actions: [back] }], 'exceptions-2');
    router.queue('queue-2', { exceptionPolicyId: id('exceptions-2') });
    router.submit('job-1');
    router.told();
    router.advance(40 * SECONDS);
    expect(router.told().filter((fact) => fact.startsWith('JobExceptionTriggered'))).toHaveLength(4);
    expect(router.jobNamed('job-1').queueId).toBe('queue-1');
  });
});

describe('a rule on the length of the queue', () => {
  it('fires for the eleventh job when its threshold is ten', () => {
    const router = watched([longer(10), toQueue2]);
    for (let number = 1; number <= 10; number += 1) router.submit(`job-${number}`);
    expect(router.told().some((fact) => fact.startsWith('JobExceptionTriggered'))).toBe(false);
    router.submit('job-11');
    expect(router.told()).toEqual([
      'JobReceived job-11',
      'JobQueued job-11',
      'JobExceptionTriggered job-11',
      'JobQueued job-11',
    ]);
    expect(router.jobNamed('job-11')).toMatchObject({ queueId: 'queue-2', priority: 100 });
  });

  it('does not send a job round for ever between two queues that are both too long', () => {
    const router = watched([longer(0), toQueue2]);
    const back: Action = { kind: 'manualReclassify', queueId: id('queue-1') };
    policy(router, [{ id: 'back', trigger: longer(0), actions: [back] }], 'exceptions-2');
    router.queue('queue-2', { exceptionPolicyId: id('exceptions-2') });
    router.submit('job-1');
    expect(router.jobNamed('job-1')).toMatchObject({ status: 'queued', queueId: 'queue-1' });
    expect(router.told().filter((fact) => fact.startsWith('JobExceptionTriggered'))).toHaveLength(2);
  });

  it('fires once per job while it stays in the queue, however it is edited', () => {
    const selector = { key: 'level', labelOperator: 'greaterThan', value: 3 } as const;
    const router = watched([longer(0), { kind: 'manualReclassify', workerSelectors: [selector] }]);
    router.submit('job-1');
    router.job('job-1', { priority: 5 });
    expect(router.jobNamed('job-1').requestedWorkerSelectors).toEqual([
      { ...selector, expedite: false, status: 'active' },
    ]);
    expect(router.told().filter((fact) => fact.startsWith('JobExceptionTriggered'))).toHaveLength(1);
  });
});

describe('the actions of a rule', () => {
  it('are done in order, until one ends the job', () => {
    const router = watched([longer(0), toQueue2, { kind: 'cancel', dispositionCode: 'Full' }, toQueue2]);
    router.submit('job-1');
    expect(router.jobNamed('job-1')).toMatchObject({
      status: 'cancelled',
      queueId: 'queue-2',
      dispositionCode: 'Full',
    });
    expect(router.told()).toEqual([
      'JobReceived job-1',
      'JobQueued job-1',
      'JobExceptionTriggered job-1',
      'JobQueued job-1',
      'JobCancelled job-1',
    ]);
  });

  it('of several rules each come with their own event', () => {
    const router = watched(
      [waited(10), { kind: 'manualReclassify', priority: 50 }],
      [waited(20), { kind: 'manualReclassify', priority: 90 }],
    );
    router.submit('job-1');
    router.advance(10 * SECONDS);
    expect(router.lastFact('JobExceptionTriggered')).toMatchObject({
      ruleKey: 'rule-1',
      exceptionRuleId: 'rule-1',
    });
    expect(router.jobNamed('job-1').priority).toBe(50);
    router.advance(10 * SECONDS);
    expect(router.lastFact('JobExceptionTriggered').ruleKey).toBe('rule-2');
    expect(router.jobNamed('job-1').priority).toBe(90);
  });

  it('reclassify by the policy and the labels they name', () => {
    const router = watched();
    router.classification('classify', {
      fallbackQueueId: id('queue-2'),
      prioritizationRule: { kind: 'static', value: 42 },
    });
    const labelsToUpsert = { escalated: true };
    const action: Action = { kind: 'reclassify', classificationPolicyId: id('classify'), labelsToUpsert };
    policy(router, [{ id: 'rule-1', trigger: waited(10), actions: [action] }]);
    router.submit('job-1', { labels: { region: 'NA' } });
    router.told();
    router.advance(10 * SECONDS);
    expect(router.jobNamed('job-1')).toMatchObject({
      status: 'queued',
      classificationPolicyId: 'classify',
      queueId: 'queue-1',
      priority: 42,
      labels: { region: 'NA', escalated: true },
      enqueuedAt: NINE_AM,
    });
    expect(router.told()).toEqual(['JobExceptionTriggered job-1', 'JobClassified job-1', 'JobQueued job-1']);
  });

  it('leave a job where it is when the queue they name is gone', () => {
    const router = watched([waited(10), toQueue2]);
    router.mustDo<'DeleteQueue'>({ type: 'DeleteQueue', id: id('queue-2') });
    router.submit('job-1');
    router.advance(10 * SECONDS);
    expect(router.jobNamed('job-1')).toMatchObject({ queueId: 'queue-1', priority: 100 });
  });
});
