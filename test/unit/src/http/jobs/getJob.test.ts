import { describe, expect, it } from 'vitest';
import { automation } from '../../../../../src/automation/rules.ts';
import { getJobEndpoint } from '../../../../../src/http/jobs/getJob.ts';
import type { JobRouter } from '../../../../../src/jobRouter/jobRouter.ts';
import { httpWorld, QUEUE, WORKER } from '../../../../support/httpWorld.ts';

const rules = (...list: readonly object[]) => ({
  automation: async () => automation.parse({ rules: list }),
});
const voice = {
  name: 'voice',
  when: { channel: 'voice' },
  accept: 'auto',
  complete: 'onAccept',
  close: { dispositionCode: 'Resolved' },
};
const job1 = { params: { jobId: 'job-1' } };

describe('GET /api/jobs/{jobId}', () => {
  it('shows the job, where it stands, and the rule that is about it', async () => {
    const world = httpWorld(rules({ ...voice, name: 'chat', when: { channel: 'chat' } }, voice));
    for (const id of ['job-0', 'job-1']) {
      world.send('PATCH', `/routing/jobs/${id}`, { channelId: 'voice', queueId: QUEUE });
      await world.clock.advance(1_000);
    }
    const answer = await world.ask(getJobEndpoint, job1);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        id: 'job-1',
        status: 'queued',
        position: { position: 2, queueLength: 2 },
        rule: { name: 'voice' },
        automation: { steps: [] },
      },
    });
    expect(answer.headers.etag).toBe((answer.body as { etag: string }).etag);
  });

  it('says of each step whether the rule has the app do it by itself, and no more than that', async () => {
    const { close: _, ...leavesClosing } = voice;
    const world = httpWorld(rules(leavesClosing));
    const assignmentId = await world.assigned('job-1');
    world.send('POST', `/routing/jobs/job-1/assignments/${assignmentId}:complete`, {});
    world.send('POST', `/routing/jobs/job-1/assignments/${assignmentId}:close`, {});
    const { body } = await world.ask(getJobEndpoint, job1);
    const by = { assignmentId, workerId: WORKER, at: expect.any(String) };
    expect(body).toMatchObject({
      automation: {
        steps: [
          { step: 'assigned', ...by, byRule: true },
          { step: 'completed', ...by, byRule: true },
          { step: 'closed', ...by, byRule: false },
        ],
      },
    });
    expect(body).not.toHaveProperty('position');
  });

  it('shows what automation has left on it', async () => {
    const world = httpWorld(rules(voice));
    world.send('PATCH', '/routing/jobs/job-1', {
      channelId: 'voice',
      queueId: QUEUE,
      tags: { 'automation.workRefusals': 2, 'automation.workLeftToPerson': 'assignment-1' },
    });
    expect((await world.ask(getJobEndpoint, job1)).body).toMatchObject({
      automation: { workRefusals: 2, workLeftToPerson: 'assignment-1' },
    });
  });

  it('says that there is no rule, and why it cannot say which', async () => {
    const ofWorker = { ...voice, when: { workerLabels: { language: 'en' } } };
    const worlds = [
      [httpWorld(rules()), { rule: null }],
      [httpWorld(rules(ofWorker)), { ruleUnknown: expect.stringContaining('labels of the worker') }],
      [
        httpWorld({ automation: () => Promise.reject(new Error('https://secret.example')) }),
        { ruleUnknown: 'The rules of the app are not known at the moment.' },
      ],
    ] as const;
    for (const [world, expected] of worlds) {
      world.send('PATCH', '/routing/jobs/job-1', { channelId: 'voice', queueId: QUEUE });
      const { body } = await world.ask(getJobEndpoint, job1);
      expect(body).toMatchObject(expected);
      if ('ruleUnknown' in expected) expect(body).not.toHaveProperty('rule');
    }
  });

  it('asks for the worker where the rule is about workers, once somebody has the job', async () => {
    const world = httpWorld(rules({ ...voice, when: { workerLabels: { language: 'en' } } }));
    await world.assigned('job-1');
    expect((await world.ask(getJobEndpoint, job1)).body).toMatchObject({ rule: { name: 'voice' } });
  });

  it.each(['job-1', 'a:b', '..'])('answers 404 where there is none: %s', async (jobId) => {
    expect(await httpWorld().ask(getJobEndpoint, { params: { jobId } })).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining(jobId) },
    });
  });

  it('takes a job that was taken meanwhile for one without a position', async () => {
    const gone = (router: JobRouter): JobRouter => ({
      ...router,
      getJobPosition: () => router.getJobPosition('elsewhere' as never),
    });
    const world = httpWorld(rules(), gone);
    world.send('PATCH', '/routing/jobs/job-1', { channelId: 'voice', queueId: QUEUE });
    await world.clock.advance(1_000);
    expect(await world.ask(getJobEndpoint, job1)).toMatchObject({ status: 200, body: { status: 'queued' } });
  });

  it('does not take a router that is away for a job that is not there', async () => {
    const away = (router: JobRouter): JobRouter => ({
      ...router,
      getJob: async () => ({ kind: 'unavailable', status: 503, message: 'raw', retryAfterSeconds: 6.2 }),
    });
    const answer = await httpWorld({}, away).ask(getJobEndpoint, job1);
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '7' } });
    expect(JSON.stringify(answer.body)).not.toContain('raw');
  });
});
