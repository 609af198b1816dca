import { describe, expect, it } from 'vitest';
import { getJobEndpoint } from '../../../../../src/http/jobs/getJob.ts';
import { updateJobEndpoint } from '../../../../../src/http/jobs/updateJob.ts';
import type { JobRouter } from '../../../../../src/jobRouter/jobRouter.ts';
import { type Asking, httpWorld, QUEUE } from '../../../../support/httpWorld.ts';

const patch = (body: unknown, more: Asking = {}): Asking => ({ params: { jobId: 'job-1' }, body, ...more });

async function worldWithJob(around?: (router: JobRouter) => JobRouter) {
  const world = httpWorld({}, around);
  world.send('PATCH', '/routing/jobs/job-1', {
    channelId: 'voice',
    queueId: QUEUE,
    labels: { vip: true, region: 'EU' },
    channelReference: 'call-7',
  });
  await world.clock.advance(1_000);
  return world;
}

describe('PATCH /api/jobs/{jobId}', () => {
  it('changes what it names, removes by null, and leaves the rest', async () => {
    const world = await worldWithJob();
    const body = { priority: 25, labels: { vip: null, size: 2 }, channelReference: null, tags: { a: 1 } };
    const answer = await world.ask(updateJobEndpoint, patch(body));
    expect(answer).toMatchObject({
      status: 200,
      body: { priority: 25, labels: { region: 'EU', size: 2 }, tags: { a: 1 }, queueId: QUEUE },
    });
    expect(answer.body).not.toHaveProperty('channelReference');
    expect(answer.headers.etag).toBe((answer.body as { etag: string }).etag);
  });

  it('writes under the ETag of the caller, and not over what somebody else wrote since', async () => {
    const world = await worldWithJob();
    const { headers } = await world.ask(getJobEndpoint, { params: { jobId: 'job-1' } });
    const under = { headers: { 'if-match': headers.etag ?? '' } };
    expect(await world.ask(updateJobEndpoint, patch({ priority: 2 }, under))).toMatchObject({ status: 200 });
    expect(await world.ask(updateJobEndpoint, patch({ priority: 3 }, under))).toMatchObject({
      status: 412,
      body: { type: expect.stringMatching(/changedMeanwhile$/) },
    });
    expect(world.send('GET', '/routing/jobs/job-1')).toMatchObject({ body: { priority: 2 } });
  });

  it('reads again where the router wrote in between and nobody named an ETag', async () => {
    let overtaken = 2;
    const world = await worldWithJob((router) => ({
      ...router,
      async getJob(id) {
        const job = await router.getJob(id);
        if (overtaken-- > 0) world.send('PATCH', '/routing/jobs/job-1', { tags: { seen: overtaken } });
        return job;
      },
    }));
    expect(await world.ask(updateJobEndpoint, patch({ priority: 9 }))).toMatchObject({
      status: 200,
      body: { priority: 9, tags: { seen: 0 } },
    });
  });

  it('makes every change of many that come at once, each on what the others left', async () => {
    const world = await worldWithJob();
    const names = Array.from({ length: 50 }, (_, number) => `label${number}`);
    const answers = await Promise.all(
      names.map((name) => world.ask(updateJobEndpoint, patch({ labels: { [name]: true } }))),
    );
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
    expect(world.send('GET', '/routing/jobs/job-1')).toMatchObject({
      body: { labels: Object.fromEntries(names.map((name) => [name, true])) },
    });
  });

  it('asks for another try, and blames nobody, where others write in between each time', async () => {
    let writes = 0;
    const world = await worldWithJob((router) => ({
      ...router,
      async getJob(id) {
        const job = await router.getJob(id);
        world.send('PATCH', '/routing/jobs/job-1', { tags: { writes: ++writes } });
        return job;
      },
    }));
    expect(await world.ask(updateJobEndpoint, patch({ priority: 9 }))).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
      body: { type: expect.stringMatching(/contended$/) },
    });
    expect(world.send('GET', '/routing/jobs/job-1')).toMatchObject({ body: { priority: 1 } });
  });

  it('creates none', async () => {
    const world = httpWorld();
    const body = { channelId: 'voice', queueId: QUEUE };
    for (const headers of [{}, { 'if-match': '*' }, { 'if-match': '"some"' }]) {
      expect(await world.ask(updateJobEndpoint, patch(body, { headers }))).toMatchObject({ status: 404 });
    }
    expect(world.send('GET', '/routing/jobs/job-1').status).toBe(404);
  });

  it('refuses a job that has ended, and a queue that is not there', async () => {
    const world = await worldWithJob();
    expect(await world.ask(updateJobEndpoint, patch({ queueId: 'nowhere' }))).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/queueId' }] },
    });
    world.send('POST', '/routing/jobs/job-1:cancel');
    expect(await world.ask(updateJobEndpoint, patch({ priority: 2 }))).toMatchObject({
      status: 409,
      body: { type: expect.stringMatching(/wrongStatus$/), jobStatus: 'cancelled' },
    });
  });

  it.each([
    [{ status: 'closed' }, '/status'],
    [{ id: 'job-2' }, '/id'],
    [{ assignments: {} }, '/assignments'],
    [{ tags: { 'automation.workLeftToPerson': null } }, '/tags/automation.workLeftToPerson'],
    [{ tags: { ManagedBy: 'me' } }, '/tags/ManagedBy'],
    [{ tags: null }, '/tags'],
    [{ labels: { a: {} } }, '/labels/a'],
    [{ priority: 101 }, '/priority'],
    [[], ''],
  ])('refuses %j', async (body, pointer) => {
    const world = await worldWithJob();
    expect(await world.ask(updateJobEndpoint, patch(body))).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    });
  });

  it.each(['W/"weak"', 'bare', '"one", "two"'])('refuses the ETag %s', async (etag) => {
    const world = await worldWithJob();
    const answer = await world.ask(
      updateJobEndpoint,
      patch({ priority: 2 }, { headers: { 'if-match': etag } }),
    );
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ header: 'If-Match' }] } });
  });
});
