/** OWASP API3:2023: members that somebody may not write, and answers that say more than somebody may see. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AttackedApp, startAttackedApp, twoWorkers } from '../support/attackedApp.ts';

const submitter = { id: 'sue', roles: ['Jobs.Submit'] } as const;
const ada = { id: 'ada', roles: ['Workers.Self'] } as const;
const admin = { id: 'root', roles: ['Routing.Admin'] } as const;
const FUNCTION_KEY = 'a-key-of-somebody-elses-function';

let app: AttackedApp;
beforeAll(async () => {
  app = await startAttackedApp({ EASY_AUTH: 'required' });
  await twoWorkers(app);
  await app.router('PATCH', 'classificationPolicies/scored', {
    prioritizationRule: {
      kind: 'function',
      functionUri: 'https://functions.example/score?code=in-the-address',
      credential: { functionKey: FUNCTION_KEY },
    },
  });
});
afterAll(() => app.close());

const job = { id: 'mine', channelId: 'voice', queueId: 'queue-1' };

describe('a job that is submitted', () => {
  it.each([
    ['its status', { status: 'closed' }, '/status'],
    ['its assignments', { assignments: { a: { workerId: 'ada' } } }, '/assignments'],
    ['its ETag', { etag: '"1"' }, '/etag'],
    ['when it was queued', { enqueuedAt: '2020-01-01T00:00:00Z' }, '/enqueuedAt'],
    ['selectors that a policy attached', { attachedWorkerSelectors: [] }, '/attachedWorkerSelectors'],
    ['a member of every object', { constructor: { prototype: {} } }, '/constructor'],
    ['the mark of a document that owns it', { tags: { ManagedBy: 'support' } }, '/tags/ManagedBy'],
    [
      'what the app remembers about it',
      { tags: { 'automation.idempotency': 'x' } },
      '/tags/automation.idempotency',
    ],
  ])('does not set %s', async (_, members, pointer) => {
    const answer = await app.attack('POST', 'jobs', { as: submitter, body: { ...job, ...members } });
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ pointer }] } });
    expect((await app.router('GET', 'jobs/mine')).status).toBe(404);
  });

  it('does not set the prototype of anything', async () => {
    const body = '{"id":"mine","channelId":"voice","queueId":"queue-1","__proto__":{"status":"closed"}}';
    const { status } = await app.attack('POST', 'jobs', { as: submitter, body });
    expect(status).toBe(400);
  });

  it('is not another when a member stands twice', async () => {
    const body = '{"id":"mine","channelId":"voice","queueId":"queue-1","queueId":"queue-2"}';
    const answer = await app.attack('POST', 'jobs', { as: submitter, body });
    expect(answer).toMatchObject({
      status: 400,
      json: { errors: [{ detail: expect.stringContaining('once') }] },
    });
  });
});

describe('a change', () => {
  it.each([
    ['status', { status: 'completed' }],
    ['id', { id: 'other' }],
    ['assignments', { assignments: {} }],
    ['the mark of its owner', { tags: { ManagedBy: null } }],
  ])('of a job is not one of its %s', async (_, body) => {
    await app.router('PATCH', 'jobs/changed', { channelId: 'voice', queueId: 'queue-1', priority: 7 });
    const before = (await app.router('GET', 'jobs/changed')).body;
    expect(await app.attack('PATCH', 'jobs/changed', { as: submitter, body })).toMatchObject({ status: 400 });
    expect((await app.router('GET', 'jobs/changed')).body).toEqual(before);
  });

  it.each([
    ['capacity', { capacity: 1_000 }, 403],
    ['labels', { labels: { skill: 100 } }, 403],
    ['channels', { availableForOffers: true, channels: [] }, 403],
    ['queues', { queues: ['queue-1', 'queue-2'] }, 400],
    ['tags', { tags: { ManagedBy: 'support' } }, 400],
    ['load', { loadRatio: 0 }, 400],
  ])('of a worker by itself is not one of its %s', async (_, body, status) => {
    const before = (await app.router('GET', 'workers/ada')).body;
    expect(await app.attack('PATCH', 'workers/ada', { as: ada, body })).toMatchObject({ status });
    expect((await app.router('GET', 'workers/ada')).body).toEqual(before);
  });
});

describe('an answer shows no secret of the router', () => {
  it.each(['application/json', 'application/yaml'])('in what is exported as %s', async (accept) => {
    const { status, text } = await app.attack('GET', 'routing', { as: admin, headers: { accept } });
    expect(status).toBe(200);
    expect(text).toContain('${env:');
    expect(text).not.toMatch(/somebody-elses|in-the-address/);
  });

  it('in what is planned, before or after', async () => {
    const body = {
      classificationPolicies: [
        {
          id: 'scored',
          prioritizationRule: {
            kind: 'function',
            functionUri: 'https://functions.example/score?code=in-the-new-address',
            credential: { functionKey: 'the-next-key' },
          },
        },
      ],
    };
    const { status, text } = await app.attack('POST', 'routing/plan', { as: admin, body });
    expect(status).toBe(200);
    expect(text).toContain('"(secret)"');
    expect(text).not.toMatch(/somebody-elses|in-the-address|in-the-new-address|the-next-key/);
  });

  it('in what is said of a document that is wrong', async () => {
    const rule = { kind: 'function', functionUri: 7, credential: { functionKey: [FUNCTION_KEY] } };
    const body = { classificationPolicies: [{ id: 'scored', prioritizationRule: rule }] };
    const { status, text } = await app.attack('PUT', 'routing', { as: admin, body });
    expect(status).toBe(400);
    expect(text).not.toContain(FUNCTION_KEY);
  });

  it('from the environment that a document asks for', async () => {
    const body = { queues: [{ id: 'q', distributionPolicyId: `\${env:COMMUNICATION_CONNECTION_STRING}` }] };
    const { status, text } = await app.attack('POST', 'routing/plan', { as: admin, body });
    expect(status).toBe(400);
    expect(text).not.toMatch(/accesskey|127\.0\.0\.1/);
  });
});
