import { describe, expect, it } from 'vitest';
import { listJobsEndpoint } from '../../../../../src/http/jobs/listJobs.ts';
import { listWorkersEndpoint } from '../../../../../src/http/workers/listWorkers.ts';
import { httpWorld, QUEUE } from '../../../../support/httpWorld.ts';

type PageBody = { items: { id: string }[]; next?: string };

async function worldWith(count: number) {
  const world = httpWorld();
  for (let number = 1; number <= count; number += 1) {
    const channelId = number % 2 === 0 ? 'chat' : 'voice';
    world.send('PATCH', `/routing/jobs/job-${number}`, { channelId, queueId: QUEUE });
  }
  await world.clock.advance(1_000);
  const list = async (query: Record<string, string>) => {
    const answer = await world.ask(listJobsEndpoint, { query });
    return { ...answer, page: answer.body as PageBody };
  };
  return { world, list };
}

const packed = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('GET /api/jobs', () => {
  it('lists what matches every filter, page by page, and each page leads to the next', async () => {
    const { list } = await worldWith(9);
    const filters = { channelId: 'voice', status: 'queued', limit: '2' };
    const seen: string[] = [];
    let answer = await list(filters);
    for (;;) {
      expect(answer.status).toBe(200);
      expect(answer.page.items.length).toBeLessThanOrEqual(2);
      seen.push(...answer.page.items.map(({ id }) => id));
      const { next } = answer.page;
      if (next === undefined) break;
      expect(answer.headers.link).toBe(`</api/jobs?next=${next}>; rel="next"`);
      // With the filters or without them: they travel in the token.
      answer = await list(seen.length === 2 ? { next } : { ...filters, next });
    }
    expect(seen).toEqual(['job-9', 'job-7', 'job-5', 'job-3', 'job-1']);
    expect(answer.headers).not.toHaveProperty('link');
  });

  it('does not hand out the link of the router', async () => {
    const { list } = await worldWith(3);
    const { next = '' } = (await list({ limit: '1' })).page;
    expect(next).toMatch(/^[\w-]+$/);
    expect(Buffer.from(next, 'base64url').toString()).not.toContain('/routing');
  });

  it('never asks the router for what a token of somebody else says', async () => {
    const { world, list } = await worldWith(3);
    const { next = '' } = (await list({ limit: '1' })).page;
    const [, print, rest] = JSON.parse(Buffer.from(next, 'base64url').toString()) as [string, string, string];
    const foreign = [
      'https://evil.example/',
      '/routing/workers?x=1',
      packed(['jobs', print, '/../../admin']),
      packed(['jobs', print, 'a=b#c']),
      packed(['jobs', print, '@evil.example/?x']),
      packed(['jobs', print, 'https://evil.example']),
      packed(['workers', print, rest]),
      packed(['jobs', print, rest, 'more']),
      packed({ 0: 'jobs' }),
      packed(['jobs', print, `continuationToken=${'x'.repeat(20_000)}`]),
      '%%%',
    ];
    const before = world.requests.length;
    for (const token of foreign) {
      expect(await list({ next: token })).toMatchObject({
        status: 400,
        body: { errors: [{ parameter: 'next' }] },
      });
    }
    expect(world.requests).toHaveLength(before);
    const otherFilters = await list({ next, limit: '2' });
    expect(otherFilters).toMatchObject({ status: 400, body: { errors: [{ parameter: 'next' }] } });
    const otherList = await world.ask(listWorkersEndpoint, { query: { next } });
    expect(otherList).toMatchObject({ status: 400 });
  });

  it('says of a token that the router does not know that it is none', async () => {
    const { list } = await worldWith(3);
    const { next = '' } = (await list({ limit: '1' })).page;
    const [name, print] = JSON.parse(Buffer.from(next, 'base64url').toString()) as [string, string];
    expect(await list({ next: packed([name, print, 'continuationToken=bm9uZQ']) })).toMatchObject({
      status: 400,
      body: { errors: [{ parameter: 'next' }] },
    });
  });

  it.each([
    ['limit', '0'],
    ['limit', '101'],
    ['limit', '1e1'],
    ['status', 'lost'],
    ['scheduledBefore', 'tomorrow'],
    ['queueId', 'a:b'],
    ['maxpagesize', '5'],
    ['$filter', 'x'],
  ])('refuses %s=%s by its name', async (parameter, value) => {
    const { world, list } = await worldWith(0);
    const before = world.requests.length;
    expect(await list({ [parameter]: value })).toMatchObject({
      status: 400,
      body: { errors: [{ parameter }] },
    });
    expect(world.requests).toHaveLength(before);
  });

  it('lists scheduled jobs by their time', async () => {
    const { world, list } = await worldWith(1);
    const scheduleAt = '2026-03-03T09:00:00Z';
    world.send('PATCH', '/routing/jobs/later', {
      channelId: 'voice',
      queueId: QUEUE,
      matchingMode: { kind: 'scheduleAndSuspend', scheduleAt },
    });
    expect((await list({ scheduledBefore: scheduleAt, code: 'the function key' })).page.items).toMatchObject([
      { id: 'later' },
    ]);
    expect((await list({ scheduledAfter: '2026-03-03T10:00:00+00:00' })).page.items).toEqual([]);
  });
});
