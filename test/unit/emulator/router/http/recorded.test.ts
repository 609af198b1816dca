/**
 * What recordings of the real service show, api-version 2023-11-01: statuses, bodies to the letter with their ids,
 * times and ETags masked, and when ETags change. Bodies are compared as texts, because the order of members counts.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../../../../emulator/clock/manualClock.ts';
import { createRouterEngine } from '../../../../../emulator/router/engine/createRouterEngine.ts';
import { noDelays } from '../../../../../emulator/router/engine/delays.ts';
import { createRouter } from '../../../../../emulator/router/router.ts';
import { parseExpression } from '../../../../../emulator/router/rules/parseExpression.ts';
import { NINE_AM, surfaceOf } from '../../../../support/routerSurface.ts';

let clock: ManualClock;
let send: ReturnType<typeof surfaceOf>['send'];

beforeEach(() => {
  clock = createManualClock(NINE_AM);
  let ids = 0;
  const router = createRouter({
    startEngine: (ports, saved) => createRouterEngine({ ...ports, parseExpression }, noDelays, saved),
    clock,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    random: () => 0,
    onFact: () => {},
  });
  send = surfaceOf(router, { clock }).send;
});

const patch = (path: string, body: object) => send('PATCH', `/routing/${path}`, { body });
const get = (path: string) => send('GET', `/routing/${path}`);
const post = (path: string, body?: object) => send('POST', `/routing/${path}`, { body });
const remove = (path: string) => send('DELETE', `/routing/${path}`);

const masked = (text: string): string =>
  text
    .replace(/"etag":"\\"[0-9a-f-]{36}\\""/g, '"etag":E')
    .replace(/"0{8}-0000-4000-8000-\d{12}"/g, 'GUID')
    .replace(/"2026-03-02T09:00:[\d.]+\+00:00"/g, 'TIME');

const DISTRIBUTION = {
  name: 'test-d-policy',
  offerExpiresAfterSeconds: 60,
  mode: { kind: 'longestIdle', minConcurrentOffers: 1, maxConcurrentOffers: 5, bypassSelectors: false },
};
/** As recorded: the actions before the trigger, and no action id. */
const EXCEPTION = {
  name: 'test-e-policy',
  exceptionRules: [
    {
      id: 'MaxWaitTimeExceededCancel',
      actions: [{ kind: 'cancel', note: 'wait time exceeded; cancelling' }],
      trigger: { kind: 'waitTime', thresholdSeconds: 10 },
    },
  ],
};
const QUEUE = { name: 'test-a-queue', distributionPolicyId: 'd', exceptionPolicyId: 'e', labels: {} };
const CLASSIFICATION = { name: 'test-c-policy', fallbackQueueId: 'q' };
const JOB = { channelId: 'voice', classificationPolicyId: 'c', queueId: 'q', priority: 1 };

async function provide(): Promise<void> {
  await patch('distributionPolicies/d', DISTRIBUTION);
  await patch('exceptionPolicies/e', EXCEPTION);
  await patch('queues/q', QUEUE);
  await patch('classificationPolicies/c', CLASSIFICATION);
}

describe('a first PATCH answers 201 and the resource as the service writes it:', () => {
  beforeEach(provide);

  it.each<[path: string, body: object, text: string]>([
    [
      'distributionPolicies/new',
      DISTRIBUTION,
      '{"id":"new","name":"test-d-policy","offerExpiresAfterSeconds":60,"mode":{"kind":"longestIdle","minConcurrentOffers":1,"maxConcurrentOffers":5,"bypassSelectors":false},"etag":E}',
    ],
    [
      'distributionPolicies/new',
      { offerExpiresAfterSeconds: 60, mode: { kind: 'bestWorker' } },
      '{"id":"new","offerExpiresAfterSeconds":60,"mode":{"kind":"bestWorker","scoringRuleOptions":{"scoringParameters":["jobLabels","workerSelectors"],"isBatchScoringEnabled":false,"descendingOrder":true},"minConcurrentOffers":1,"maxConcurrentOffers":1,"bypassSelectors":false},"etag":E}',
    ],
    [
      'exceptionPolicies/new',
      EXCEPTION,
      '{"id":"new","name":"test-e-policy","exceptionRules":[{"id":"MaxWaitTimeExceededCancel","trigger":{"kind":"waitTime","thresholdSeconds":10},"actions":[{"kind":"cancel","note":"wait time exceeded; cancelling","id":GUID}]}],"etag":E}',
    ],
    [
      'queues/new',
      { ...QUEUE, id: 'new', labels: { Region: 'NA' } },
      '{"id":"new","name":"test-a-queue","distributionPolicyId":"d","labels":{"Region":"NA","Id":"new"},"exceptionPolicyId":"e","etag":E}',
    ],
    [
      'classificationPolicies/new',
      CLASSIFICATION,
      '{"id":"new","name":"test-c-policy","fallbackQueueId":"q","queueSelectorAttachments":[],"workerSelectorAttachments":[],"etag":E}',
    ],
    [
      'classificationPolicies/new',
      { prioritizationRule: { value: 10, kind: 'static' } },
      '{"id":"new","queueSelectorAttachments":[],"prioritizationRule":{"kind":"static","value":10},"workerSelectorAttachments":[],"etag":E}',
    ],
    [
      'jobs/new',
      JOB,
      '{"id":"new","status":"pendingClassification","channelId":"voice","classificationPolicyId":"c","queueId":"q","priority":1,"requestedWorkerSelectors":[],"attachedWorkerSelectors":[],"labels":{},"assignments":{},"tags":{},"notes":[],"matchingMode":{"kind":"queueAndMatch"},"etag":E}',
    ],
    [
      'workers/new',
      {
        queues: ['q'],
        capacity: 1,
        channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
        labels: { a: 1 },
      },
      '{"id":"new","state":"inactive","queues":["q"],"capacity":1,"labels":{"a":1,"Id":"new"},"tags":{},"channels":[{"channelId":"voice","capacityCostPerJob":1}],"offers":[],"assignedJobs":[],"loadRatio":0,"availableForOffers":false,"etag":E}',
    ],
  ])('%s, %j', async (path, body, text) => {
    const created = await patch(path, body);
    expect([created.status, masked(created.text)]).toEqual([201, text]);
    expect(created.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      etag: JSON.parse(created.text).etag,
      'last-modified': 'Mon, 02 Mar 2026 09:00:00 GMT',
    });
    expect((await patch(path, body)).status).toBe(200);
  });
});

describe('the first status of a job', () => {
  beforeEach(provide);

  it.each<[job: object, status: string]>([
    [{ channelId: 'voice', queueId: 'q' }, 'created'],
    [JOB, 'pendingClassification'],
    [{ channelId: 'voice', queueId: 'q', matchingMode: { kind: 'suspend' } }, 'waitingForActivation'],
    [
      {
        channelId: 'voice',
        queueId: 'q',
        matchingMode: { kind: 'scheduleAndSuspend', scheduleAt: '2100-01-01T01:01:01Z' },
      },
      'pendingSchedule',
    ],
  ])('of %j is %s', async (job, status) => {
    expect((await patch('jobs/j', job)).body).toMatchObject({ status });
  });

  it('shows a schedule as it came, with the offset spelled out', async () => {
    const matchingMode = { kind: 'scheduleAndSuspend', scheduleAt: '2100-01-01T01:01:01Z' };
    const { text } = await patch('jobs/j', { channelId: 'voice', queueId: 'q', matchingMode });
    expect(text).toContain(
      '"matchingMode":{"kind":"scheduleAndSuspend","scheduleAt":"2100-01-01T01:01:01+00:00"}',
    );
    const ids = async (filter: string) => (await get(`jobs?${filter}=2100-01-01T01%3A01%3A01.000Z`)).text;
    expect(await ids('scheduledBefore')).toContain('"id":"j"');
    expect(await ids('scheduledAfter')).toContain('"id":"j"');
  });
});

describe('a PATCH that changes nothing', () => {
  beforeEach(provide);

  /** Whether the ETag moved, for each of four repeats. */
  async function moves(path: string, body: object): Promise<readonly boolean[]> {
    const moved: boolean[] = [];
    let { etag } = (await patch(path, body)).headers;
    for (let repeat = 0; repeat < 4; repeat += 1) {
      await clock.advance(1500);
      const next = (await patch(path, body)).headers;
      moved.push(next.etag !== etag);
      etag = next.etag;
    }
    return moved;
  }

  it.each<[what: string, path: string, body: object, moved: readonly boolean[]]>([
    ['leaves a distribution policy', 'distributionPolicies/x', DISTRIBUTION, [false, false, false, false]],
    ['leaves a queue', 'queues/x', QUEUE, [false, false, false, false]],
    ['leaves a worker', 'workers/x', { capacity: 1, queues: ['q'] }, [false, false, false, false]],
    [
      'writes a classification policy once more',
      'classificationPolicies/x',
      CLASSIFICATION,
      [true, false, false, false],
    ],
    [
      'writes an exception policy, whose actions get new ids',
      'exceptionPolicies/x',
      EXCEPTION,
      [true, true, true, true],
    ],
  ])('%s', async (_, path, body, moved) => {
    expect(await moves(path, body)).toEqual(moved);
  });
});

describe('a merge patch', () => {
  beforeEach(provide);

  it.each<[path: string, change: object, text: string]>([
    ['distributionPolicies/d', { name: null }, '{"id":"d","offerExpiresAfterSeconds":60,"mode":{'],
    ['exceptionPolicies/e', { name: null }, '{"id":"e","exceptionRules":[{'],
    [
      'exceptionPolicies/e',
      { exceptionRules: [] },
      '{"id":"e","name":"test-e-policy","exceptionRules":[],"etag":E}',
    ],
    ['queues/q', { name: null, labels: {} }, '{"id":"q","distributionPolicyId":"d","labels":{"Id":"q"},'],
    ['classificationPolicies/c', { name: null }, '{"id":"c","fallbackQueueId":"q",'],
    [
      'distributionPolicies/d',
      { mode: { maxConcurrentOffers: 2 } },
      '{"id":"d","name":"test-d-policy","offerExpiresAfterSeconds":60,"mode":{"kind":"longestIdle","minConcurrentOffers":1,"maxConcurrentOffers":2,"bypassSelectors":false},"etag":E}',
    ],
  ])('of %s with %j', async (path, change, text) => {
    const answer = await patch(path, change);
    expect(answer.status).toBe(200);
    expect(masked(answer.text).slice(0, text.length)).toBe(text);
  });

  it('empties what has several members for null', async () => {
    const selector = { key: 'Region', labelOperator: 'equal', value: 'north' };
    const attachment = { kind: 'static', queueSelector: selector, workerSelector: selector };
    const attachments = {
      queueSelectorAttachments: [attachment],
      workerSelectorAttachments: [attachment],
    };
    expect((await patch('classificationPolicies/c', attachments)).body).toMatchObject({
      queueSelectorAttachments: [{ kind: 'static' }],
      workerSelectorAttachments: [{ kind: 'static' }],
    });
    const nothing = { queueSelectorAttachments: null, workerSelectorAttachments: null };
    expect((await patch('classificationPolicies/c', nothing)).body).toMatchObject({
      queueSelectorAttachments: [],
      workerSelectorAttachments: [],
    });
    expect((await patch('exceptionPolicies/e', { exceptionRules: null })).body).toMatchObject({
      exceptionRules: [],
    });
  });

  it('puts back the default priority, and takes off a disposition code', async () => {
    await patch('jobs/j', JOB);
    await clock.settle();
    const changed = await patch('jobs/j', { priority: 25, dispositionCode: 'testCode' });
    expect(changed.body).toMatchObject({ status: 'queued', priority: 25, dispositionCode: 'testCode' });
    const { body } = await patch('jobs/j', { priority: null, dispositionCode: null });
    expect(body).toMatchObject({ status: 'queued', priority: 1 });
    expect(body).not.toHaveProperty('dispositionCode');
  });
});

describe('the order of labels', () => {
  beforeEach(provide);

  const labelsIn = ({ text }: { readonly text: string }) => /"labels":(\{.*?\})/.exec(text)?.[1];

  it.each<[path: string, first: object]>([
    ['queues/x', { distributionPolicyId: 'd' }],
    ['workers/x', { capacity: 1 }],
  ])(
    'has the automatic one behind what %s was created with, and what a patch names at the end',
    async (path, first) => {
      const labels = { a: 'text', b: 2, c: true };
      expect(labelsIn(await patch(path, { ...first, labels }))).toBe('{"a":"text","b":2,"c":true,"Id":"x"}');
      const named = { a: null, b: null, c: 'new', Id: 'x', d: 4 };
      expect(labelsIn(await patch(path, { labels: named }))).toBe('{"c":"new","Id":"x","d":4}');
      expect(labelsIn(await patch(path, { labels: { c: 'newer' } }))).toBe('{"Id":"x","d":4,"c":"newer"}');
    },
  );

  it('is left alone by a patch that changes nothing', async () => {
    const body = { distributionPolicyId: 'd', labels: { a: 1 } };
    await patch('queues/x', body);
    expect(labelsIn(await patch('queues/x', body))).toBe('{"a":1,"Id":"x"}');
  });

  it('follows the patch when something else changes', async () => {
    const body = { capacity: 1, labels: { a: 1 } };
    await patch('workers/x', body);
    expect(labelsIn(await patch('workers/x', { ...body, availableForOffers: true }))).toBe(
      '{"Id":"x","a":1}',
    );
  });
});

it('takes what published samples send: an object as value, an id for an action', async () => {
  await provide();
  const queueSelector = { key: 'foo', labelOperator: 'equal', value: { default: 10 } };
  const policy = await patch('classificationPolicies/c', {
    queueSelectorAttachments: [{ kind: 'static', queueSelector }],
    prioritizationRule: { kind: 'static', value: { default: 2 } },
  });
  expect(policy.body).toMatchObject({
    queueSelectorAttachments: [{ queueSelector }],
    prioritizationRule: { kind: 'static', value: { default: 2 } },
  });
  const trigger = { kind: 'queueLength', threshold: 1 };
  const exceptionRules = [{ id: 'rule', trigger, actions: [{ kind: 'cancel', id: 'mine' }] }];
  const { text } = await patch('exceptionPolicies/e', { exceptionRules });
  expect(text).toContain('"actions":[{"kind":"cancel","id":"mine"}]');
});

it('shows the times of notes and schedules to the seventh digit', async () => {
  await provide();
  const { text } = await patch('jobs/j', {
    channelId: 'voice',
    queueId: 'q',
    notes: [
      { message: 'later', addedAt: '2022-05-13T23:59:04.5312+07:00' },
      { message: 'sooner', addedAt: '2022-05-13T23:59:04.5311999+07:00' },
    ],
    matchingMode: { kind: 'scheduleAndSuspend', scheduleAt: '2040-01-01T01:01:01.1234567899Z' },
  });
  expect(text).toContain(
    '"notes":[{"message":"sooner","addedAt":"2022-05-13T16:59:04.5311999+00:00"},{"message":"later","addedAt":"2022-05-13T16:59:04.5312+00:00"}]',
  );
  expect(text).toContain('"scheduleAt":"2040-01-01T01:01:01.1234567+00:00"');
});

it('reads members in any case', async () => {
  await provide();
  await patch('jobs/j', {
    ChannelId: 'voice',
    QueueId: 'q',
    channelReference: 'call-1',
    Notes: [{ Message: 'hi' }],
  });
  const { body } = await patch('jobs/j', { ChannelReference: null });
  expect(body).toMatchObject({ channelId: 'voice', queueId: 'q', notes: [{ message: 'hi' }] });
  expect(body).not.toHaveProperty('channelReference');
  const { body: policy } = await patch('distributionPolicies/d', { Mode: { MaxConcurrentOffers: 7 } });
  expect(policy).toMatchObject({ mode: { kind: 'longestIdle', maxConcurrentOffers: 7 } });
});

describe('the version in an ETag', () => {
  beforeEach(provide);

  const versionOf = ({ headers }: { readonly headers: { readonly etag?: unknown } }) =>
    Number.parseInt(String(headers.etag).slice(1, 9), 16);

  it('of a classified job moves by two until it is queued and with each edit that queues it again', async () => {
    const versions = [versionOf(await patch('jobs/j', JOB))];
    await clock.settle();
    versions.push(versionOf(await get('jobs/j')));
    versions.push(versionOf(await patch('jobs/j', { priority: 25, dispositionCode: 'testCode' })));
    versions.push(versionOf(await patch('jobs/j', { priority: null, dispositionCode: null })));
    await post('jobs/j:reclassify');
    await clock.settle();
    versions.push(versionOf(await get('jobs/j')));
    await post('jobs/j:cancel');
    versions.push(versionOf(await get('jobs/j')));
    expect(versions).toEqual([0, 2, 4, 6, 9, 10]);
  });

  it('of a classified job with a schedule moves by two until it waits for it', async () => {
    const matchingMode = { kind: 'scheduleAndSuspend', scheduleAt: '2040-01-01T01:01:01Z' };
    expect(versionOf(await patch('jobs/j', { ...JOB, matchingMode }))).toBe(0);
    await clock.settle();
    const { body } = await get('jobs/j');
    expect([body, versionOf(await get('jobs/j'))]).toMatchObject([{ status: 'scheduled' }, 3]);
  });

  it('of a job that is activated moves by two', async () => {
    const matchingMode = { kind: 'scheduleAndSuspend', scheduleAt: '2040-01-01T01:01:01.000000001Z' };
    await patch('jobs/j', { channelId: 'voice', queueId: 'q', matchingMode });
    await clock.settle();
    expect(versionOf(await get('jobs/j'))).toBe(1);
    const activated = await patch('jobs/j', { matchingMode: { kind: 'queueAndMatch' } });
    expect([versionOf(activated), activated.body]).toMatchObject([3, { status: 'queued' }]);
  });

  it('of a worker moves by one with an edit and by two with a switch', async () => {
    const versions = [versionOf(await patch('workers/w', { capacity: 1, availableForOffers: true }))];
    versions.push(versionOf(await patch('workers/w', { capacity: 2 })));
    versions.push(versionOf(await patch('workers/w', { availableForOffers: false })));
    versions.push(versionOf(await patch('workers/w', { capacity: 3, availableForOffers: true })));
    expect(versions).toEqual([1, 2, 4, 6]);
  });
});

it('queues a job that is only created with its first edit, in the answer', async () => {
  await provide();
  const created = await patch('jobs/j', { channelId: 'voice', queueId: 'q' });
  expect(created.body).toMatchObject({ status: 'created' });
  const { body, text } = await patch('jobs/j', { labels: { a: 1 } });
  expect(body).toMatchObject({ status: 'queued', labels: { a: 1 } });
  expect(text).toContain('"enqueuedAt":"2026-03-02T09:00:00+00:00"');
});

it('keeps a job that is neither closed nor cancelled from being deleted', async () => {
  await provide();
  await patch('jobs/j', JOB);
  const { status, text } = await remove('jobs/j');
  expect([status, text]).toEqual([
    409,
    '{"communicationError":{"code":"Conflict","message":"Validation failed: \\r\\n -- JobStatus: The job is neither closed nor cancelled","target":"/routing/jobs/j"}}',
  ]);
});

describe('a queued job', () => {
  beforeEach(async () => {
    await provide();
    await patch('jobs/j', JOB);
    await clock.advance(100);
  });

  it('has a position, without an estimate that nothing is known of', async () => {
    const { status, text, headers } = await get('jobs/j/position');
    expect([status, text]).toEqual([200, '{"jobId":"j","position":1,"queueId":"q","queueLength":1}']);
    expect(headers).not.toHaveProperty('etag');
  });

  it('is classified again with the instant it was enqueued at', async () => {
    const enqueued = JSON.parse((await get('jobs/j')).text).enqueuedAt;
    await clock.advance(1000);
    expect([(await post('jobs/j:reclassify')).text, (await post('jobs/j:reclassify', {})).text]).toEqual([
      '{}',
      '{}',
    ]);
    await clock.advance(1000);
    expect((await get('jobs/j')).body).toMatchObject({
      status: 'queued',
      enqueuedAt: enqueued,
      queueId: 'q',
    });
  });

  it('is cancelled under the default code, and keeps its queue when that is gone', async () => {
    expect((await post('jobs/j:cancel')).text).toBe('{}');
    await remove('classificationPolicies/c');
    expect((await remove('queues/q')).status).toBe(204);
    const { text } = await get('jobs/j');
    expect(masked(text)).toBe(
      '{"id":"j","status":"cancelled","enqueuedAt":TIME,"channelId":"voice","classificationPolicyId":"c","queueId":"q","priority":1,"dispositionCode":"Cancelled","requestedWorkerSelectors":[],"attachedWorkerSelectors":[],"labels":{},"assignments":{},"tags":{},"notes":[],"matchingMode":{"kind":"queueAndMatch"},"etag":E}',
    );
    expect((await remove('jobs/j')).status).toBe(204);
  });

  it('keeps what it uses from being deleted, each in the words of the service', async () => {
    await patch('workers/w', { queues: ['q'], capacity: 1 });
    const refusal = async (path: string) => {
      const { status, text } = await remove(path);
      return [status, text];
    };
    const inUse = (path: string, code: string, message: string) => [
      400,
      `{"communicationError":{"code":"BadRequest","message":"One or more validation errors occurred.","target":"/routing/${path}","details":[{"code":"${code}","message":"${message}"}]}}`,
    ];
    expect(await refusal('classificationPolicies/c')).toEqual(
      inUse(
        'classificationPolicies/c',
        'ActiveJobWithClassificationPolicyExist',
        'There is active job with this classification policy',
      ),
    );
    expect(await refusal('distributionPolicies/d')).toEqual(
      inUse(
        'distributionPolicies/d',
        'QueueExistsWithDistributionPolicy',
        'There is a queue with this distribution policy',
      ),
    );
    expect(await refusal('exceptionPolicies/e')).toEqual(
      inUse(
        'exceptionPolicies/e',
        'QueueExistsWithExceptionPolicy',
        'There is a queue with this exception policy',
      ),
    );
    const conflict = (...reasons: string[]) => [
      409,
      JSON.stringify({
        communicationError: {
          code: 'Conflict',
          message: `Validation failed: ${reasons.map((reason) => `\r\n -- : ${reason}`).join('')}`,
          target: '/routing/queues/q',
        },
      }),
    ];
    const [status, text] = await refusal('queues/q');
    expect(status).toBe(409);
    for (const reason of [
      'There is active job with this queue',
      'There is an assigned worker to this queue',
      'There is classification policy with this queue as fallback queue',
    ])
      expect(text).toContain(reason);
    await remove('workers/w');
    expect(await refusal('queues/q')).toEqual(
      conflict(
        'There is active job with this queue',
        'There is classification policy with this queue as fallback queue',
      ),
    );
  });
});

describe('a listing', () => {
  it.each([
    'classificationPolicies',
    'distributionPolicies',
    'exceptionPolicies',
    'queues',
    'jobs',
    'workers',
  ])('of %s is an empty value when there are none, without ETag and link', async (collection) => {
    const { status, text, headers } = await get(`${collection}?maxpagesize=20`);
    expect([status, text, headers.etag]).toEqual([200, '{"value":[]}', undefined]);
  });

  it('has the newest created first, whatever was written last', async () => {
    for (const id of ['b', 'a', 'c']) await patch(`distributionPolicies/${id}`, DISTRIBUTION);
    await patch('distributionPolicies/b', { name: 'changed' });
    const ids = [...(await get('distributionPolicies')).text.matchAll(/"id":"(\w)"/g)].map(([, id]) => id);
    expect(ids).toEqual(['c', 'a', 'b']);
  });
});

it('switches a worker on and off in the answer itself', async () => {
  await provide();
  await patch('workers/w', { queues: ['q'], capacity: 1, labels: { label1: 'x' }, tags: { tag: 1 } });
  const on = await patch('workers/w', { availableForOffers: true, labels: {}, tags: null });
  expect(on.body).toMatchObject({ state: 'active', labels: { Id: 'w', label1: 'x' }, tags: {} });
  const off = await patch('workers/w', { availableForOffers: false });
  expect(off.body).toMatchObject({ state: 'inactive', tags: {} });
});

it('gives the statistics of a queue an ETag and a date of their own', async () => {
  await provide();
  const headersOf = async (path: string) => {
    const { etag, 'last-modified': date } = (await send('GET', `/routing/${path}`)).headers;
    return { etag, date };
  };
  const before = await headersOf('queues/q/statistics');
  expect(before).toEqual({ etag: expect.stringMatching(/^"/), date: expect.stringMatching(/GMT$/) });
  const queue = await headersOf('queues/q');
  await patch('jobs/j', { channelId: 'voice', queueId: 'q' });
  await clock.settle();
  expect(await headersOf('queues/q')).toEqual(queue);
  expect((await headersOf('queues/q/statistics')).etag).not.toBe(before.etag);
});

it.each(['queues', 'workers', 'classificationPolicies', 'jobs', 'distributionPolicies', 'exceptionPolicies'])(
  'deletes what is not in %s as if it had been',
  async (collection) => {
    const { status, text, headers } = await remove(`${collection}/nobody`);
    expect([status, text, headers['content-type']]).toEqual([204, '', undefined]);
  },
);
