/** What the surface makes of bodies and paths before the engine sees them. */
import { describe, expect, it } from 'vitest';
import { instantOf, secondsAfter } from '../../../../../emulator/clock/instant.ts';
import { NINE_AM, scriptedRouter, surfaceOf } from '../../../../support/routerSurface.ts';

type Method = 'PATCH' | 'POST' | 'DELETE';

/** The one command a request becomes, or the status and details it is refused with. */
async function outcome(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}) {
  // A refusal of the engine is as good as any answer here: only what arrives there is looked at.
  const router = scriptedRouter({ failure: { kind: 'notFound' } });
  const answer = await surfaceOf(router).send(method, path, { body, headers });
  return router.commands[0] ?? { status: answer.status, body: answer.body };
}

describe('a request becomes a command:', () => {
  it.each<[what: string, method: Method, path: string, body: unknown, command: object]>([
    [
      "the quickstart's distribution policy, in the old spelling",
      'PATCH',
      '/routing/distributionPolicies/distribution-policy-1',
      { offerExpiresAfterSeconds: 60, mode: { kind: 'longest-idle' }, name: 'My distribution policy' },
      {
        type: 'UpsertDistributionPolicy',
        id: 'distribution-policy-1',
        patch: {
          offerExpiresAfterSeconds: 60,
          mode: { kind: 'longestIdle' },
          name: 'My distribution policy',
        },
      },
    ],
    [
      'round robin in the old spelling',
      'PATCH',
      '/routing/distributionPolicies/p',
      {
        mode: { kind: 'round-robin', minConcurrentOffers: 1, maxConcurrentOffers: 2, bypassSelectors: true },
      },
      {
        type: 'UpsertDistributionPolicy',
        id: 'p',
        patch: {
          mode: { kind: 'roundRobin', minConcurrentOffers: 1, maxConcurrentOffers: 2, bypassSelectors: true },
        },
      },
    ],
    [
      'a queue, whose own id and etag are not asked for',
      'PATCH',
      '/routing/queues/queue-1',
      {
        id: 'another',
        etag: '"stale"',
        name: 'My Queue',
        distributionPolicyId: 'p',
        labels: { a: 1, b: null },
      },
      {
        type: 'UpsertQueue',
        id: 'queue-1',
        patch: { name: 'My Queue', distributionPolicyId: 'p', labels: { a: 1, b: null } },
      },
    ],
    [
      'nulls where merge patch gives them a meaning',
      'PATCH',
      '/routing/workers/worker-1',
      { queues: null, capacity: null, labels: null, tags: null, channels: null, availableForOffers: null },
      {
        type: 'UpsertWorker',
        id: 'worker-1',
        patch: {
          queues: null,
          capacity: null,
          labels: null,
          tags: null,
          channels: null,
          availableForOffers: null,
        },
      },
    ],
    [
      'a worker, without what only the service writes',
      'PATCH',
      '/routing/workers/worker-1',
      {
        capacity: 1,
        queues: ['queue-1'],
        labels: { 'Some-Skill': 11, fluent: true },
        channels: [{ channelId: 'voice', capacityCostPerJob: 1, maxNumberOfJobs: null }],
        availableForOffers: true,
        state: 'active',
        loadRatio: 'nonsense',
        shoeSize: 43,
      },
      {
        type: 'UpsertWorker',
        id: 'worker-1',
        patch: {
          capacity: 1,
          queues: ['queue-1'],
          labels: { 'Some-Skill': 11, fluent: true },
          channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
          availableForOffers: true,
        },
      },
    ],
    [
      'a job with selectors, a note and the default mode in the old spelling',
      'PATCH',
      '/routing/jobs/job-1',
      {
        channelId: 'voice',
        queueId: 'queue-1',
        priority: 1,
        requestedWorkerSelectors: [
          {
            key: 'Some-Skill',
            labelOperator: 'greaterThan',
            value: 10,
            status: 'expired',
            expiresAfterSeconds: null,
          },
        ],
        notes: [{ message: 'hello', addedAt: '2026-03-02T09:00:00.0000000Z' }, { message: 'again' }],
        matchingMode: { kind: 'queue-and-match' },
      },
      {
        type: 'UpsertJob',
        id: 'job-1',
        patch: {
          channelId: 'voice',
          queueId: 'queue-1',
          priority: 1,
          requestedWorkerSelectors: [{ key: 'Some-Skill', labelOperator: 'greaterThan', value: 10 }],
          notes: [{ message: 'hello', addedAt: NINE_AM }, { message: 'again' }],
          matchingMode: { kind: 'queueAndMatch' },
        },
      },
    ],
    [
      'an id with escaped characters',
      'DELETE',
      '/routing/jobs/job%201%2Fa',
      undefined,
      { type: 'DeleteJob', id: 'job 1/a' },
    ],
    [
      'an acceptance without a body',
      'POST',
      '/routing/workers/worker-1/offers/offer-1:accept',
      undefined,
      { type: 'AcceptOffer', workerId: 'worker-1', offerId: 'offer-1' },
    ],
    [
      'a refusal that asks for another offer later',
      'POST',
      '/routing/workers/worker-1/offers/offer-1:decline',
      { retryOfferAt: '2026-03-02T09:01:00Z' },
      {
        type: 'DeclineOffer',
        workerId: 'worker-1',
        offerId: 'offer-1',
        retryOfferAt: secondsAfter(NINE_AM, 60),
      },
    ],
    [
      'a completion with a note',
      'POST',
      '/routing/jobs/job-1/assignments/a-1:complete',
      { note: 'done' },
      { type: 'CompleteAssignment', jobId: 'job-1', assignmentId: 'a-1', note: 'done' },
    ],
    [
      "a closing at the SDK's zero date",
      'POST',
      '/routing/jobs/job-1/assignments/a-1:close',
      { closeAt: '0001-01-01T00:00:00.0000000Z', dispositionCode: 'Resolved', note: null },
      {
        type: 'CloseAssignment',
        jobId: 'job-1',
        assignmentId: 'a-1',
        closeAt: instantOf('0001-01-01T00:00:00Z'),
        dispositionCode: 'Resolved',
      },
    ],
    [
      'an unassignment with an empty object',
      'POST',
      '/routing/jobs/job-1/assignments/a-1:unassign',
      {},
      { type: 'UnassignJob', jobId: 'job-1', assignmentId: 'a-1' },
    ],
    [
      'a cancellation with an empty body that claims to be JSON',
      'POST',
      '/routing/jobs/job-1:cancel',
      '',
      { type: 'CancelJob', jobId: 'job-1' },
    ],
    [
      'a cancellation with null for its options',
      'POST',
      '/routing/jobs/job-1:cancel',
      'null',
      { type: 'CancelJob', jobId: 'job-1' },
    ],
  ])('%s', async (_, method, path, body, command) => {
    expect(await outcome(method, path, body)).toStrictEqual(command);
  });
});

describe('an old spelling is read in today’s:', () => {
  const rule = { kind: 'expression-rule', expression: 'true' };
  it.each<[path: string, body: object, patch: object]>([
    [
      'distributionPolicies/p',
      {
        mode: {
          kind: 'best-worker',
          scoringRule: { kind: 'azure-function-rule', functionUri: 'http://f/x' },
        },
      },
      { mode: { kind: 'bestWorker', scoringRule: { kind: 'function', functionUri: 'http://f/x' } } },
    ],
    [
      'classificationPolicies/c',
      { prioritizationRule: { kind: 'static-rule', value: 5 } },
      { prioritizationRule: { kind: 'static', value: 5 } },
    ],
    [
      'classificationPolicies/c',
      { prioritizationRule: { kind: 'direct-map-rule' } },
      { prioritizationRule: { kind: 'directMap' } },
    ],
    [
      'classificationPolicies/c',
      { prioritizationRule: { ...rule, language: 'PowerFx' } },
      { prioritizationRule: { kind: 'expression', language: 'powerFx', expression: 'true' } },
    ],
    [
      'classificationPolicies/c',
      { queueSelectorAttachments: [{ kind: 'pass-through', key: 'Region', labelOperator: 'equal' }] },
      { queueSelectorAttachments: [{ kind: 'passThrough', key: 'Region', labelOperator: 'equal' }] },
    ],
    [
      'classificationPolicies/c',
      { workerSelectorAttachments: [{ kind: 'rule-engine', rule }] },
      {
        workerSelectorAttachments: [
          { kind: 'ruleEngine', rule: { kind: 'expression', language: 'powerFx', expression: 'true' } },
        ],
      },
    ],
    [
      'classificationPolicies/c',
      { workerSelectorAttachments: [{ kind: 'weighted-allocation-worker-selector', allocations: [] }] },
      { workerSelectorAttachments: [{ kind: 'weightedAllocation', allocations: [] }] },
    ],
    [
      'exceptionPolicies/e',
      {
        exceptionRules: [
          {
            id: 'r',
            actions: [{ kind: 'manual-reclassify', priority: 5 }],
            trigger: { kind: 'queue-length', threshold: 10 },
          },
        ],
      },
      {
        exceptionRules: [
          {
            id: 'r',
            actions: [{ kind: 'manualReclassify', priority: 5 }],
            trigger: { kind: 'queueLength', threshold: 10 },
          },
        ],
      },
    ],
    [
      'exceptionPolicies/e',
      { exceptionRules: [{ id: 'r', actions: [], trigger: { kind: 'wait-time', thresholdSeconds: 1.5 } }] },
      { exceptionRules: [{ id: 'r', actions: [], trigger: { kind: 'waitTime', thresholdSeconds: 1.5 } }] },
    ],
    [
      'jobs/j',
      { matchingMode: { kind: 'schedule-and-suspend', scheduleAt: '2026-03-02T09:00:05Z' } },
      { matchingMode: { kind: 'scheduleAndSuspend', scheduleAt: secondsAfter(NINE_AM, 5) } },
    ],
    ['jobs/j', { matchingMode: { kind: 'queue-and-match' } }, { matchingMode: { kind: 'queueAndMatch' } }],
  ])('at %s, %j', async (path, body, patch) => {
    expect(await outcome('PATCH', `/routing/${path}`, body)).toMatchObject({ patch });
  });
});

describe('maxConcurrentOffers on a worker', () => {
  const body = { maxConcurrentOffers: 2 };

  it('is dropped without a word in 2023-11-01', async () => {
    expect(await outcome('PATCH', '/routing/workers/w', body)).toMatchObject({ patch: {} });
  });

  it('is read in 2024-01-18-preview', async () => {
    const router = scriptedRouter({ failure: { kind: 'notFound' } });
    await surfaceOf(router).send('PATCH', '/routing/workers/w', { body, version: '2024-01-18-preview' });
    expect(router.commands).toMatchObject([{ patch: body }]);
  });
});

describe('a member of the wrong type', () => {
  it.each<[path: string, body: object, member: string]>([
    ['/routing/distributionPolicies/p', { offerExpiresAfterSeconds: '60' }, 'offerExpiresAfterSeconds'],
    ['/routing/distributionPolicies/p', { mode: { kind: 'fastest' } }, 'mode.kind'],
    ['/routing/queues/q', { labels: { a: { b: 1 } } }, 'labels.a'],
    ['/routing/workers/w', { capacity: 1.5 }, 'capacity'],
    ['/routing/workers/w', { channels: [{ channelId: 'voice' }] }, 'channels[0].capacityCostPerJob'],
    ['/routing/jobs/j', { priority: '1' }, 'priority'],
    ['/routing/jobs/j', { priority: 2 ** 40 }, 'priority'],
    [
      '/routing/jobs/j',
      { requestedWorkerSelectors: [{ key: 'a', labelOperator: '>' }] },
      'requestedWorkerSelectors[0].labelOperator',
    ],
    ['/routing/jobs/j', { notes: { '2026-03-02': 'old shape' } }, 'notes'],
  ])('at %s, %j, is refused by its path', async (path, body, member) => {
    expect(await outcome('PATCH', path, body)).toEqual({
      status: 400,
      body: {
        communicationError: {
          code: 'BadRequest',
          message: 'One or more validation errors occurred.',
          target: path,
          details: [{ code: 'InvalidMember', message: expect.stringContaining(`${member}: `) }],
        },
      },
    });
  });

  it('is told together with all the others', async () => {
    const body = { priority: 'high', labels: 7 };
    expect(await outcome('PATCH', '/routing/jobs/j', body)).toMatchObject({
      body: { communicationError: { details: [{}, {}] } },
    });
  });

  it('in the options of an action is refused as well', async () => {
    const path = '/routing/jobs/j/assignments/a:close';
    expect(await outcome('POST', path, { closeAt: 'tomorrow' })).toMatchObject({ status: 400 });
  });
});

describe('a body that is nested without end', () => {
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;

  it.each([
    ['classificationPolicies/c', `{"prioritizationRule":{"kind":"static","value":${deep}}}`],
    ['jobs/j', `{"tags":{"a":${deep}}}`],
  ])('is refused at %s as no JSON the router reads', async (path, body) => {
    expect(await outcome('PATCH', `/routing/${path}`, body)).toMatchObject({
      status: 400,
      body: { communicationError: { details: [{ message: expect.stringContaining('deeper than 64') }] } },
    });
  });
});

describe('an id', () => {
  it('with a colon is refused, since a colon begins an action', async () => {
    expect(await outcome('PATCH', '/routing/jobs/8:acs:1', {})).toMatchObject({ status: 400 });
  });
});

describe('an action with a body that is no JSON by its type', () => {
  it('is refused with 415', async () => {
    const headers = { 'content-type': 'text/plain' };
    const path = '/routing/jobs/job-1:cancel';
    expect(await outcome('POST', path, '{"note":"x"}', headers)).toMatchObject({ status: 415 });
  });
});
