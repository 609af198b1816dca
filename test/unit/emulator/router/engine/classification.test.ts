import { describe, expect, it } from 'vitest';
import type { ClassificationPolicyPatch, RulePatch } from '../../../../../emulator/router/engine/commands.ts';
import { realisticDelays } from '../../../../../emulator/router/engine/delays.ts';
import type { ClassificationPolicyId, JobId, QueueId } from '../../../../../emulator/router/engine/ids.ts';
import type { QueueSelectorAttachment } from '../../../../../emulator/router/engine/model/classificationPolicy.ts';
import type { RouterRule } from '../../../../../emulator/router/engine/model/rules.ts';
import type { QueueSelector } from '../../../../../emulator/router/engine/model/selectors.ts';
import type { Labels } from '../../../../../emulator/router/engine/model/values.ts';
import { id, NINE_AM, playRouter, type RouterPlay } from './playRouter.ts';

const expression = (text: string): RouterRule => ({
  kind: 'expression',
  language: 'powerFx',
  expression: text,
});
const equal = (key: string, value: string | number): QueueSelector => ({
  key,
  labelOperator: 'equal',
  value,
});
const passThrough = (key: string): QueueSelectorAttachment => ({
  kind: 'passThrough',
  key,
  labelOperator: 'equal',
});
const ask = { kind: 'function', functionUri: 'http://localhost:7071/api/rule' } as const;

/** Three labelled queues and one to fall back to, in the order of their creation. */
function withQueues(patch: ClassificationPolicyPatch = {}, options?: Parameters<typeof playRouter>[0]) {
  const router = playRouter(options);
  router.openQueue();
  const open = (name: string, labels: Labels) =>
    router.queue(name, { distributionPolicyId: id('policy-1'), labels });
  open('english', { Region: 'NA', Product: 'O365', Language: 'en' });
  open('french', { Region: 'NA', Product: 'O365', Language: 'fr' });
  open('german', { Region: 'EU', Product: 'O365', Language: 'de', Level: 3 });
  open('fallback', {});
  router.classification('policy', { fallbackQueueId: id('fallback'), ...patch });
  return router;
}

const classified = (router: RouterPlay, labels: Labels = {}) => {
  router.job('job-1', { channelId: 'voice', classificationPolicyId: id('policy'), labels });
  return router.jobNamed('job-1');
};

const errorsOf = (router: RouterPlay) =>
  router
    .lastFact('JobClassificationFailed')
    .errors.map(({ code, message, target }) => [code, target, message]);

describe('the way of a job through classification', () => {
  it('shows pendingClassification first, then passes waitingForActivation and is queued', () => {
    const router = withQueues({}, { delays: realisticDelays });
    const created = router.job('job-1', { channelId: 'voice', classificationPolicyId: id('policy') });
    expect(created.resource).toMatchObject({ status: 'pendingClassification', priority: 1 });
    expect(created.resource).not.toHaveProperty('queueId');
    expect(created.resource).not.toHaveProperty('enqueuedAt');
    router.advance(165);
    expect(router.jobNamed('job-1')).toMatchObject({ status: 'waitingForActivation', queueId: 'fallback' });
    expect(router.jobNamed('job-1')).not.toHaveProperty('enqueuedAt');
    router.advance(100);
    const queued = router.jobNamed('job-1');
    expect(queued).toMatchObject({ status: 'queued', revision: { version: 2 } });
    expect(queued.enqueuedAt).toBe(queued.revision.modifiedAt);
  });

  it('tells that it was received, classified and queued', () => {
    const router = withQueues();
    classified(router);
    expect(router.lastFact('JobClassified')).toMatchObject({
      classificationPolicyId: 'policy',
      queue: { id: 'fallback' },
      job: { queueId: 'fallback' },
    });
    expect(router.told()).toEqual(['JobReceived job-1', 'JobClassified job-1', 'JobQueued job-1']);
  });

  it('leads to an offer', () => {
    const router = withQueues();
    router.available('worker-1', { queues: [id('fallback')] });
    classified(router);
    expect(router.offered()).toEqual(['job-1>worker-1']);
  });

  it('ends suspended when the job is to be suspended', () => {
    const router = withQueues();
    router.job('job-1', {
      channelId: 'voice',
      classificationPolicyId: id('policy'),
      matchingMode: { kind: 'suspend' },
    });
    expect(router.jobNamed('job-1')).toMatchObject({ status: 'waitingForActivation', queueId: 'fallback' });
    expect(router.told()).toEqual(['JobReceived job-1', 'JobClassified job-1']);
    const { resource } = router.job('job-1', { matchingMode: { kind: 'queueAndMatch' } });
    expect(resource.status).toBe('queued');
  });

  it('can be cancelled before it is over, and is never queued then', () => {
    const router = withQueues({}, { delays: realisticDelays });
    classified(router);
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') });
    router.advance(1000);
    expect(router.jobNamed('job-1').status).toBe('cancelled');
    expect(router.jobNamed('job-1')).not.toHaveProperty('enqueuedAt');
    expect(router.told()).toEqual(['JobReceived job-1', 'JobCancelled job-1']);
  });
});

describe('a queue selector attachment', () => {
  const french: Labels = { Region: 'NA', Product: 'O365', Language: 'fr', Level: 3 };

  it.each<[string, QueueSelectorAttachment[], Labels, string]>([
    [
      'a static one that a queue satisfies',
      [{ kind: 'static', selector: equal('Region', 'EU') }],
      {},
      'german',
    ],
    [
      'a static one that none satisfies',
      [{ kind: 'static', selector: equal('Region', 'AP') }],
      {},
      'fallback',
    ],
    [
      'a static one on the label every queue has',
      [{ kind: 'static', selector: equal('Id', 'french') }],
      {},
      'french',
    ],
    [
      'an object where a value belongs',
      [{ kind: 'static', selector: { key: 'Id', labelOperator: 'equal', value: { Id: 'french' } } }],
      {},
      'fallback',
    ],
    ['passed through labels', [passThrough('Region'), passThrough('Language')], french, 'french'],
    ['a passed through label the job lacks', [passThrough('Product')], { Region: 'NA' }, 'fallback'],
    [
      'a passed through order',
      [{ kind: 'passThrough', key: 'Level', labelOperator: 'lessThanOrEqual' }],
      { Level: 3 },
      'german',
    ],
    [
      'a condition that is met',
      [{ kind: 'conditional', condition: expression('job.Level > 2'), selectors: [equal('Language', 'de')] }],
      french,
      'german',
    ],
    [
      'a condition that is not met, the only one',
      [{ kind: 'conditional', condition: expression('job.Level > 3'), selectors: [equal('Language', 'de')] }],
      french,
      'fallback',
    ],
    [
      'a static condition',
      [
        {
          kind: 'conditional',
          condition: { kind: 'static', value: true },
          selectors: [equal('Language', 'de')],
        },
      ],
      {},
      'german',
    ],
    [
      'a static condition that is false',
      [
        {
          kind: 'conditional',
          condition: { kind: 'static', value: false },
          selectors: [equal('Language', 'de')],
        },
      ],
      {},
      'fallback',
    ],
    [
      'a condition that maps the labels',
      [{ kind: 'conditional', condition: { kind: 'directMap' }, selectors: [equal('Language', 'de')] }],
      {},
      'german',
    ],
    [
      'a rule that maps the labels',
      [{ kind: 'ruleEngine', rule: { kind: 'directMap' } }],
      { Language: 'fr' },
      'french',
    ],
    [
      'selectors that contradict each other',
      [
        { kind: 'static', selector: equal('Language', 'de') },
        { kind: 'static', selector: equal('Region', 'NA') },
      ],
      {},
      'fallback',
    ],
    ['no attachment at all', [], french, 'fallback'],
  ])('chooses the queue by %s', (_, queueSelectorAttachments, labels, queueId) => {
    const router = withQueues({ queueSelectorAttachments });
    expect(classified(router, labels).queueId).toBe(queueId);
  });

  it('takes the oldest of several queues that fit', () => {
    const router = withQueues({
      queueSelectorAttachments: [{ kind: 'static', selector: equal('Region', 'NA') }],
    });
    expect(classified(router).queueId).toBe('english');
  });

  it.each([
    [0, 'english'],
    [0.29, 'english'],
    [0.3, 'french'],
    [0.99, 'french'],
  ])('allocates by weight: with chance %d the queue is %s', (chance, queueId) => {
    const router = withQueues(
      {
        queueSelectorAttachments: [
          {
            kind: 'weightedAllocation',
            allocations: [
              { weight: 0.3, selectors: [equal('Id', 'english')] },
              { weight: 0.7, selectors: [equal('Id', 'french')] },
            ],
          },
        ],
      },
      { random: () => chance },
    );
    expect(classified(router).queueId).toBe(queueId);
  });

  it('leaves a job with a queue of its own where it is, and still sets priority and selectors', () => {
    const router = withQueues({
      queueSelectorAttachments: [{ kind: 'static', selector: equal('Region', 'EU') }],
      prioritizationRule: { kind: 'static', value: 7 },
      workerSelectorAttachments: [
        { kind: 'static', selector: { key: 'a', labelOperator: 'equal', value: 1 } },
      ],
    });
    router.submit('job-1', { classificationPolicyId: id('policy') });
    expect(router.jobNamed('job-1')).toMatchObject({
      queueId: 'queue-1',
      priority: 7,
      attachedWorkerSelectors: [{ key: 'a' }],
    });
  });

  it('tells recorded jobs apart that pass two labels through and have a condition per language', () => {
    const language = (name: string, value: string): QueueSelectorAttachment => ({
      kind: 'conditional',
      condition: expression(`If(job.Language = "${name}", true, false)`),
      selectors: [equal('Language', value)],
    });
    const router = withQueues({
      queueSelectorAttachments: [
        passThrough('Region'),
        passThrough('Product'),
        language('EN', 'en'),
        language('FR', 'fr'),
      ],
    });
    const submit = (name: string, Language: string) =>
      router.job(name, {
        channelId: 'voice',
        classificationPolicyId: id('policy'),
        labels: { Region: 'NA', Product: 'O365', Language },
      });
    submit('english-job', 'EN');
    submit('french-job', 'FR');
    expect(router.jobNamed('english-job').queueId).toBe('english');
    expect(router.jobNamed('french-job').queueId).toBe('french');
  });
});

describe('a worker selector attachment', () => {
  const attached = { expedite: false, status: 'active', labelOperator: 'equal' } as const;

  it('of each kind adds its selectors, in the order of the policy', () => {
    const router = withQueues({
      workerSelectorAttachments: [
        { kind: 'static', selector: { key: 'static', labelOperator: 'equal', value: 1 } },
        {
          kind: 'conditional',
          condition: expression('job.Vip'),
          selectors: [{ key: 'vip', labelOperator: 'equal', value: true, expedite: true }],
        },
        {
          kind: 'conditional',
          condition: expression('!job.Vip'),
          selectors: [{ key: 'other', labelOperator: 'equal' }],
        },
        { kind: 'passThrough', key: 'Language', labelOperator: 'equal', expiresAfterSeconds: 600 },
        {
          kind: 'weightedAllocation',
          allocations: [
            { weight: 0, selectors: [{ key: 'never', labelOperator: 'equal', value: 1 }] },
            { weight: 1, selectors: [{ key: 'always', labelOperator: 'equal', value: 1 }] },
          ],
        },
      ],
    });
    const { attachedWorkerSelectors, requestedWorkerSelectors } = classified(router, {
      Vip: true,
      Language: 'fr',
    });
    expect(attachedWorkerSelectors).toMatchObject([
      { ...attached, key: 'static', value: 1 },
      { ...attached, key: 'vip', value: true, expedite: true },
      { ...attached, key: 'Language', value: 'fr', expiresAfterSeconds: 600 },
      { ...attached, key: 'always', value: 1 },
    ]);
    expect(requestedWorkerSelectors).toEqual([]);
  });

  it('counts in matching together with what the job requested', () => {
    const router = withQueues({
      workerSelectorAttachments: [{ kind: 'passThrough', key: 'Language', labelOperator: 'equal' }],
    });
    const serve = { queues: [id<QueueId>('fallback')] };
    router.available('no-french', { ...serve, labels: { skill: 9 } });
    router.available('no-skill', { ...serve, labels: { Language: 'fr' } });
    router.available('fits', { ...serve, labels: { Language: 'fr', skill: 9 } });
    router.job('job-1', {
      channelId: 'voice',
      classificationPolicyId: id('policy'),
      labels: { Language: 'fr' },
      requestedWorkerSelectors: [{ key: 'skill', labelOperator: 'greaterThan', value: 5 }],
    });
    expect(router.offered()).toEqual(['job-1>fits']);
  });
});

describe('the prioritization rule', () => {
  it.each<[RouterRule, Labels, number]>([
    [{ kind: 'static', value: 5 }, {}, 5],
    [{ kind: 'static', value: '2' }, {}, 2],
    [expression('If(job.Escalated = true, 10, 5)'), { Escalated: true }, 10],
    [expression('If(job.Escalated = true, 10, 5)'), {}, 5],
    [expression('-100'), {}, -100],
  ])('%j with labels %j gives priority %d', (prioritizationRule, labels, priority) => {
    expect(classified(withQueues({ prioritizationRule }), labels).priority).toBe(priority);
  });

  it('is not needed: the job keeps the priority it came with', () => {
    const router = withQueues();
    router.job('job-1', { channelId: 'voice', classificationPolicyId: id('policy'), priority: 30 });
    expect(router.jobNamed('job-1').priority).toBe(30);
  });
});

describe('a classification that fails', () => {
  it('says that no queue was found', () => {
    const router = withQueues({ fallbackQueueId: null });
    expect(classified(router).status).toBe('classificationFailed');
    expect(errorsOf(router)).toEqual([
      [
        'QueueNotFound',
        'queueSelectorAttachments',
        'No queue satisfies the queue selectors, and the policy has no fallback queue',
      ],
    ]);
    expect(router.told()).toEqual(['JobReceived job-1', 'JobClassificationFailed job-1']);
  });

  it('names every rule that is wrong, where it stands and the construct it stumbles over', () => {
    const router = withQueues({
      queueSelectorAttachments: [
        { kind: 'conditional', condition: expression('IsBlank(job.Region)'), selectors: [] },
        { kind: 'ruleEngine', rule: { kind: 'static', value: 1 } },
      ],
      prioritizationRule: expression('job.Region + 1'),
      workerSelectorAttachments: [
        { kind: 'conditional', condition: expression('job.Region == "NA"'), selectors: [] },
      ],
    });
    expect(classified(router, { Region: 'NA' }).status).toBe('classificationFailed');
    expect(errorsOf(router)).toEqual([
      [
        'RuleEvaluationFailed',
        'queueSelectorAttachments[0].condition',
        'The function IsBlank is not supported: IsBlank(job.Region)',
      ],
      ['RuleEvaluationFailed', 'prioritizationRule', '"NA" is not a number'],
      [
        'RuleEvaluationFailed',
        'workerSelectorAttachments[0].condition',
        'The operator == is not supported; Power Fx has = instead: job.Region == "NA"',
      ],
      ['InvalidRuleResult', 'queueSelectorAttachments[1].rule', '1 is not a collection of selectors'],
    ]);
  });

  it.each<[RouterRule, string]>([
    [{ kind: 'static', value: 101 }, '101'],
    [{ kind: 'static', value: 'high' }, '"high"'],
    [{ kind: 'static', value: 1.5 }, '1.5'],
    [{ kind: 'directMap' }, '{}'],
    [expression('If(false, 1)'), 'Blank()'],
  ])('does not take the result of %j for a priority', (prioritizationRule, shown) => {
    const router = withQueues({ prioritizationRule });
    classified(router);
    expect(errorsOf(router)).toEqual([
      [
        'InvalidRuleResult',
        'prioritizationRule',
        `${shown} is not a priority, a whole number from -100 to 100`,
      ],
    ]);
  });

  it('quotes no more of a rule than an event has room for', () => {
    const router = withQueues({ prioritizationRule: { kind: 'static', value: 'x'.repeat(100_000) } });
    classified(router);
    const [error] = router.lastFact('JobClassificationFailed').errors;
    expect(error?.message).toMatch(/^"x{499}…$/);
  });

  it('is tried again when labels change, a queue is given or the client asks for it', () => {
    const router = withQueues({ fallbackQueueId: null, queueSelectorAttachments: [passThrough('Language')] });
    classified(router, { Language: 'it' });
    expect(router.job('job-1', { labels: { Language: 'fr' } }).resource.status).toBe('pendingClassification');
    expect(router.jobNamed('job-1')).toMatchObject({ status: 'queued', queueId: 'french' });
    router.job('job-1', { labels: { Language: 'it' } });
    expect(router.jobNamed('job-1').status).toBe('classificationFailed');
    router.job('job-1', { queueId: id('german') });
    expect(router.jobNamed('job-1')).toMatchObject({ status: 'queued', queueId: 'german' });
    router.job('job-1', { queueId: null });
    expect(router.jobNamed('job-1').status).toBe('classificationFailed');
    router.queue('italian', { distributionPolicyId: id('policy-1'), labels: { Language: 'it' } });
    router.mustDo<'ReclassifyJob'>({ type: 'ReclassifyJob', jobId: id('job-1') });
    expect(router.jobNamed('job-1')).toMatchObject({ status: 'queued', queueId: 'italian' });
  });

  it('is over when the job loses its policy, if it has a queue', () => {
    const router = withQueues({ prioritizationRule: expression('Nonsense') });
    router.submit('job-1', { classificationPolicyId: id('policy') });
    expect(router.jobNamed('job-1').status).toBe('classificationFailed');
    expect(router.job('job-1', { classificationPolicyId: null }).resource.status).toBe('queued');
  });

  it('says that the policy an exception rule gave the job is gone', () => {
    const router = withQueues();
    router.classification('deleted', { fallbackQueueId: id('german') });
    router.mustDo<'UpsertExceptionPolicy'>({
      type: 'UpsertExceptionPolicy',
      id: id('exceptions'),
      patch: {
        exceptionRules: [
          {
            id: 'waited',
            trigger: { kind: 'waitTime', thresholdSeconds: 10 },
            actions: [{ kind: 'reclassify', classificationPolicyId: id('deleted') }],
          },
        ],
      },
    });
    router.queue('fallback', { exceptionPolicyId: id('exceptions') });
    classified(router);
    router.mustDo<'DeleteClassificationPolicy'>({ type: 'DeleteClassificationPolicy', id: id('deleted') });
    router.advance(10_000);
    expect(router.jobNamed('job-1').status).toBe('classificationFailed');
    expect(errorsOf(router)).toEqual([
      ['ClassificationPolicyNotFound', undefined, 'Classification policy deleted does not exist'],
    ]);
  });

  it('leaves a job that can be cancelled', () => {
    const router = withQueues({ fallbackQueueId: null });
    classified(router);
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') });
    expect(router.jobNamed('job-1').status).toBe('cancelled');
  });
});

describe('classifying again', () => {
  function reclassified(router: RouterPlay) {
    router.told();
    router.mustDo<'ReclassifyJob'>({ type: 'ReclassifyJob', jobId: id('job-1') });
    return router.jobNamed('job-1');
  }

  it('revokes the offers, moves the job and keeps its seniority', () => {
    const router = withQueues();
    router.available('worker-1', { queues: [id('fallback')] });
    const { revision } = classified(router);
    router.advance(5000);
    router.classification('policy', {
      queueSelectorAttachments: [{ kind: 'static', selector: equal('Id', 'french') }],
    });
    expect(reclassified(router)).toMatchObject({
      status: 'queued',
      queueId: 'french',
      enqueuedAt: NINE_AM,
      revision: { version: revision.version + 3 },
    });
    expect(router.told()).toEqual([
      'WorkerOfferRevoked job-1 worker-1',
      'JobClassified job-1',
      'JobQueued job-1',
    ]);
  });

  it('replaces what was attached and leaves what was requested', () => {
    const attach = (key: string) =>
      ({
        workerSelectorAttachments: [{ kind: 'static', selector: { key, labelOperator: 'equal', value: 1 } }],
      }) satisfies ClassificationPolicyPatch;
    const router = withQueues(attach('first'));
    router.job('job-1', {
      channelId: 'voice',
      classificationPolicyId: id('policy'),
      requestedWorkerSelectors: [{ key: 'mine', labelOperator: 'equal', value: 1 }],
    });
    router.classification('policy', attach('second'));
    expect(reclassified(router)).toMatchObject({
      requestedWorkerSelectors: [{ key: 'mine' }],
      attachedWorkerSelectors: [{ key: 'second' }],
    });
  });

  it('happens when the labels or the policy change, and not when other members do', () => {
    const router = withQueues({ queueSelectorAttachments: [passThrough('Language')] });
    router.classification('other', { fallbackQueueId: id('german') });
    classified(router, { Language: 'fr' });
    router.told();
    router.job('job-1', { tags: { a: 1 }, labels: { Language: 'fr' } });
    expect(router.told()).toEqual([]);
    router.job('job-1', { labels: { Language: 'en' } });
    expect(router.jobNamed('job-1').queueId).toBe('english');
    expect(router.told()).toEqual(['JobClassified job-1', 'JobQueued job-1']);
    router.job('job-1', { classificationPolicyId: id('other') });
    expect(router.jobNamed('job-1').queueId).toBe('german');
    expect(router.told()).toEqual(['JobClassified job-1', 'JobQueued job-1']);
    router.job('job-1', { priority: 50 });
    expect(router.told()).toEqual(['JobQueued job-1']);
  });

  it('overtakes an attempt under way', () => {
    const router = withQueues({}, { delays: realisticDelays });
    classified(router);
    router.mustDo<'ReclassifyJob'>({ type: 'ReclassifyJob', jobId: id('job-1') });
    router.advance(1000);
    expect(router.told()).toEqual(['JobReceived job-1', 'JobClassified job-1', 'JobQueued job-1']);
    expect(router.jobNamed('job-1').revision.version).toBe(3);
  });

  it('is refused without a policy, without a job, and once somebody works on it', () => {
    const router = withQueues();
    router.submit('plain');
    router.available('worker-1', { queues: [id('fallback')] });
    classified(router);
    router.accept('worker-1');
    const refusal = (name: string) => router.refusalOf({ type: 'ReclassifyJob', jobId: id<JobId>(name) });
    expect(refusal('plain')).toMatchObject({ kind: 'noClassificationPolicy' });
    expect(refusal('nobody')).toEqual({ kind: 'notFound' });
    expect(refusal('job-1')).toMatchObject({
      kind: 'wrongStatus',
      operation: 'reclassify',
      status: 'assigned',
    });
    router.job('job-1', { labels: { Language: 'fr' } });
    expect(router.jobNamed('job-1').status).toBe('assigned');
  });
});

describe('rules that are answered from outside', () => {
  const policy: ClassificationPolicyPatch = {
    queueSelectorAttachments: [{ kind: 'conditional', condition: ask, selectors: [equal('Id', 'french')] }],
    prioritizationRule: { kind: 'webhook', webhookUri: 'http://localhost:7071/api/priority' },
    workerSelectorAttachments: [{ kind: 'ruleEngine', rule: ask }],
  };

  it('are asked all at once, with the labels, and the job waits for every answer', () => {
    const router = withQueues(policy);
    classified(router, { Language: 'fr', Vip: true });
    const calls = router.calls();
    expect(calls.map(({ rule, payload }) => [rule.kind, payload])).toEqual([
      ['function', { job: { Language: 'fr', Vip: true } }],
      ['webhook', { job: { Language: 'fr', Vip: true } }],
      ['function', { job: { Language: 'fr', Vip: true } }],
    ]);
    expect(router.read.outsideCalls()).toEqual(calls);
    const [condition, priority, selectors] = calls;
    if (!condition || !priority || !selectors) throw new Error('There are three calls');
    router.answerCall(selectors, {
      kind: 'answered',
      value: [{ key: 'skill', labelOperator: 'GreaterThan', value: 3, expedite: true }],
    });
    router.answerCall(priority, { kind: 'answered', value: 12 });
    expect(router.jobNamed('job-1')).toMatchObject({
      status: 'pendingClassification',
      revision: { version: 0 },
    });
    router.answerCall(condition, { kind: 'answered', value: true });
    expect(router.jobNamed('job-1')).toMatchObject({
      status: 'queued',
      queueId: 'french',
      priority: 12,
      attachedWorkerSelectors: [{ key: 'skill', labelOperator: 'greaterThan', value: 3, expedite: true }],
    });
    expect(router.read.outsideCalls()).toEqual([]);
  });

  it('fail the classification with what went wrong', () => {
    const router = withQueues({ prioritizationRule: ask });
    classified(router);
    const [call] = router.calls();
    if (!call) throw new Error('There is one call');
    router.answerCall(call, { kind: 'failed', message: 'The function answered 500 instead of 200' });
    expect(router.jobNamed('job-1').status).toBe('classificationFailed');
    expect(errorsOf(router)).toEqual([
      ['RuleEvaluationFailed', 'prioritizationRule', 'The function answered 500 instead of 200'],
    ]);
  });

  it('are not heard any more once the job was cancelled, classified anew or deleted', () => {
    const router = withQueues({ prioritizationRule: ask });
    classified(router);
    router.mustDo<'ReclassifyJob'>({ type: 'ReclassifyJob', jobId: id('job-1') });
    const [overtaken, current] = router.calls();
    if (!overtaken || !current) throw new Error('There are two calls');
    expect(router.read.outsideCalls()).toEqual([current]);
    router.answerCall(overtaken, { kind: 'answered', value: 5 });
    expect(router.jobNamed('job-1').status).toBe('pendingClassification');
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') });
    expect(router.read.outsideCalls()).toEqual([]);
    router.mustDo<'DeleteJob'>({ type: 'DeleteJob', id: id('job-1') });
    router.answerCall(current, { kind: 'answered', value: 5 });
    router.answerCall(current, { kind: 'answered', value: 5 });
    expect(router.read.job(id('job-1'))).toBeUndefined();
  });
});

describe('a classification policy', () => {
  it('is created with nothing at all, keeps what a patch leaves out and stays the same when nothing changes', () => {
    const router = withQueues();
    const write = (patch: ClassificationPolicyPatch) => router.classification('bare', patch);
    expect(write({})).toEqual({
      created: true,
      resource: {
        id: 'bare',
        queueSelectorAttachments: [],
        workerSelectorAttachments: [],
        revision: { version: 0, modifiedAt: NINE_AM },
      },
    });
    const attachments = { queueSelectorAttachments: [passThrough('a')] };
    write({ name: 'Bare', ...attachments, prioritizationRule: { kind: 'static', value: 1 } });
    expect(write({ name: null }).resource).toEqual({
      id: 'bare',
      queueSelectorAttachments: [passThrough('a')],
      prioritizationRule: { kind: 'static', value: 1 },
      workerSelectorAttachments: [],
      revision: { version: 2, modifiedAt: NINE_AM },
    });
    expect(write(attachments).resource.revision.version).toBe(2);
    expect(write({ queueSelectorAttachments: [] }).resource.queueSelectorAttachments).toEqual([]);
  });

  it.each<[string, RulePatch, RouterRule]>([
    [
      'another address',
      { functionUri: 'http://b' },
      { ...ask, functionUri: 'http://b', credential: { functionKey: 'k' } },
    ],
    [
      'other members of the credential',
      { credential: { functionKey: null, appKey: 'a', clientId: 'c' } },
      { ...ask, credential: { appKey: 'a', clientId: 'c' } },
    ],
    ['no credential', { credential: null }, ask],
    ['another kind', { kind: 'expression', expression: '1' }, expression('1')],
    ['the members of another kind', { value: 5 }, { ...ask, credential: { functionKey: 'k' } }],
  ])('merges its rule with %s', (_, prioritizationRule, merged) => {
    const router = withQueues({ prioritizationRule: { ...ask, credential: { functionKey: 'k' } } });
    const { resource } = router.classification('policy', { prioritizationRule });
    expect(resource.prioritizationRule).toEqual(merged);
  });

  it.each<[RulePatch, string]>([
    [{ value: 1 }, 'prioritizationRule.kind'],
    [{ kind: 'expression' }, 'prioritizationRule.expression'],
    [{ kind: 'function' }, 'prioritizationRule.functionUri'],
  ])('refuses a rule that is only %j', (prioritizationRule, member) => {
    const patch = { prioritizationRule };
    expect(
      withQueues().refusalOf({ type: 'UpsertClassificationPolicy', id: id('new'), patch }),
    ).toMatchObject({ kind: 'invalid', problems: [{ member }] });
  });

  it('refuses a fallback queue that does not exist and weights that are no shares', () => {
    const router = withQueues();
    expect(
      router.refusalOf({
        type: 'UpsertClassificationPolicy',
        id: id('a:b'),
        patch: {
          fallbackQueueId: id<QueueId>('nowhere'),
          workerSelectorAttachments: [
            { kind: 'weightedAllocation', allocations: [{ weight: 30, selectors: [] }] },
          ],
        },
      }),
    ).toMatchObject({
      kind: 'invalid',
      problems: [
        { member: 'id' },
        { member: 'fallbackQueueId' },
        { member: 'workerSelectorAttachments[0].allocations' },
      ],
    });
  });

  it('stays while an open job has it, and keeps its fallback queue from being deleted', () => {
    const router = withQueues();
    classified(router);
    const deletion = {
      type: 'DeleteClassificationPolicy',
      id: id<ClassificationPolicyId>('policy'),
    } as const;
    expect(router.refusalOf(deletion)).toEqual({ kind: 'classificationPolicyInUse' });
    expect(router.refusalOf({ type: 'DeleteQueue', id: id('fallback') })).toEqual({
      kind: 'queueInUse',
      reasons: ['activeJob', 'fallbackQueue'],
    });
    router.mustDo<'CancelJob'>({ type: 'CancelJob', jobId: id('job-1') });
    expect(router.refusalOf({ type: 'DeleteQueue', id: id('fallback') })).toEqual({
      kind: 'queueInUse',
      reasons: ['fallbackQueue'],
    });
    router.mustDo<'DeleteClassificationPolicy'>(deletion);
    router.mustDo<'DeleteClassificationPolicy'>(deletion);
    router.mustDo<'DeleteQueue'>({ type: 'DeleteQueue', id: id('fallback') });
    expect(router.read.classificationPolicies()).toEqual([]);
  });

  it('must exist for a job to have it', () => {
    const router = withQueues();
    expect(
      router.refusalOf({
        type: 'UpsertJob',
        id: id('job-1'),
        patch: { channelId: 'voice', classificationPolicyId: id<ClassificationPolicyId>('nowhere') },
      }),
    ).toMatchObject({ kind: 'invalid', problems: [{ member: 'classificationPolicyId' }] });
  });
});
