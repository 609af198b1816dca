/** OWASP API6:2023: a flow that is meant to happen once is run again and again, at once, or for somebody else's things. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AttackedApp, offerTo, startAttackedApp, twoWorkers } from '../support/attackedApp.ts';

let app: AttackedApp;
beforeAll(async () => {
  app = await startAttackedApp();
  await twoWorkers(app);
});
afterAll(() => app.close());

const job = { channelId: 'chat', queueId: 'queue-1' };
const idsOf = async (kind: string) =>
  ((await app.router('GET', kind)).body as { value: { id: string }[] }).value.map(({ id }) => id);

const policy = { id: 'policy-of-support', offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } };
const queue = (id: string) => ({ id, distributionPolicyId: policy.id });
const support = { name: 'support', distributionPolicies: [policy], queues: [queue('desk'), queue('phone')] };

describe('a submission that is sent again', () => {
  it('is one job for each key, however often and at once', async () => {
    const headers = { 'idempotency-key': '"order-1"' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => app.attack('POST', 'jobs', { headers, body: job })),
    );
    expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true);
    expect(new Set(answers.map(({ json }) => (json as { id: string }).id)).size).toBe(1);
    expect(await idsOf('jobs')).toHaveLength(1);
  });

  it('with another body under the same key is refused', async () => {
    const headers = { 'idempotency-key': '"order-1"' };
    const answer = await app.attack('POST', 'jobs', { headers, body: { ...job, priority: 100 } });
    expect(answer).toMatchObject({ status: 422 });
  });

  it('takes no other job over by its id', async () => {
    await app.attack('POST', 'jobs', { body: { ...job, id: 'taken' } });
    const answer = await app.attack('POST', 'jobs', { body: { ...job, id: 'taken', priority: 100 } });
    expect(answer).toMatchObject({ status: 409 });
    expect((await app.router('GET', 'jobs/taken')).body).toMatchObject({ priority: 1 });
  });
});

describe('an offer and an assignment', () => {
  it('are taken once and completed once, however often somebody tries at once', async () => {
    const offer = await offerTo(app, 'ada', 'job-of-ada');
    const accepted = await Promise.all(
      Array.from({ length: 10 }, () => app.attack('POST', `workers/ada/offers/${offer}/accept`)),
    );
    expect(accepted.filter(({ status }) => status === 200)).toHaveLength(1);
    const completed = await Promise.all(
      Array.from({ length: 10 }, () => app.attack('POST', 'jobs/job-of-ada/complete', { body: {} })),
    );
    expect(completed.every(({ status }) => status < 500)).toBe(true);
    const { assignments = {} } = (await app.router('GET', 'jobs/job-of-ada')).body as {
      assignments?: object;
    };
    expect(Object.values(assignments)).toHaveLength(1);
  });
});

describe('a document that prunes', () => {
  it('deletes nothing that it does not own: not another document’s, and nobody’s', async () => {
    await app.attack('PUT', 'routing', { body: support });
    const everything = await idsOf('queues');
    for (const name of ['other', 'Support', 'support ', 'routing']) {
      const answer = await app.attack('PUT', 'routing?prune=true', { body: { name, queues: [] } });
      expect(answer.status === 200 ? answer.json : { deleted: [] }).toMatchObject({ deleted: [] });
    }
    expect(await idsOf('queues')).toEqual(everything);
  });

  it('deletes nothing that it was not told to delete, or by half a word', async () => {
    const everything = await idsOf('queues');
    const less = { ...support, queues: [queue('desk')] };
    expect(await app.attack('PUT', 'routing', { body: less })).toMatchObject({ json: { deleted: [] } });
    for (const query of ['prune=1', 'prune=TRUE', 'prune', 'Prune=true', 'prune=true&prune=false']) {
      expect(await app.attack('PUT', `routing?${query}`, { body: less })).toMatchObject({ status: 400 });
    }
    expect(await idsOf('queues')).toEqual(everything);
  });

  it('only shows what it would delete, where it is asked to', async () => {
    const everything = await idsOf('queues');
    const less = { ...support, queues: [queue('desk')] };
    const plan = await app.attack('PUT', 'routing?prune=true&dryRun=true', { body: less });
    expect(plan).toMatchObject({ json: { levels: [[{ id: 'phone', action: 'delete' }]] } });
    expect(await idsOf('queues')).toEqual(everything);
  });

  it('is carried out once, however often it is sent at once', async () => {
    const less = { ...support, queues: [queue('desk')] };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => app.attack('PUT', 'routing?prune=true', { body: less })),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const ids = await idsOf('queues');
    expect([ids.includes('phone'), ids.includes('desk'), ids.includes('queue-1')]).toEqual([
      false,
      true,
      true,
    ]);
  });
});
