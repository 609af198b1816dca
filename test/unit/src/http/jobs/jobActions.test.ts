import { describe, expect, it } from 'vitest';
import { cancelJobEndpoint } from '../../../../../src/http/jobs/cancelJob.ts';
import { closeAssignmentEndpoint } from '../../../../../src/http/jobs/closeAssignment.ts';
import { completeAssignmentEndpoint } from '../../../../../src/http/jobs/completeAssignment.ts';
import { reclassifyJobEndpoint } from '../../../../../src/http/jobs/reclassifyJob.ts';
import { unassignJobEndpoint } from '../../../../../src/http/jobs/unassignJob.ts';
import type { JobRouter } from '../../../../../src/jobRouter/jobRouter.ts';
import { type Asking, httpWorld, QUEUE, signedIn, WORKER } from '../../../../support/httpWorld.ts';

const about = (body?: object, more: Asking = {}): Asking => ({ params: { jobId: 'job-1' }, body, ...more });
const wrongStatus = { status: 409, body: { type: expect.stringMatching(/wrongStatus$/) } };

describe('POST /api/jobs/{jobId}/complete and close', () => {
  it('takes a job to its end without anybody naming the only assignment', async () => {
    const world = httpWorld();
    const assignmentId = await world.assigned('job-1');
    expect(await world.ask(completeAssignmentEndpoint, about({ note: 'done' }))).toMatchObject({
      status: 200,
      body: { jobId: 'job-1', assignmentId, job: { status: 'completed', notes: [{ message: 'done' }] } },
    });
    expect(await world.ask(closeAssignmentEndpoint, about({ dispositionCode: 'Resolved' }))).toMatchObject({
      status: 200,
      body: { assignmentId, job: { status: 'closed', dispositionCode: 'Resolved' } },
    });
  });

  it('closes later where it is told so', async () => {
    const world = httpWorld();
    await world.assigned('job-1');
    await world.ask(completeAssignmentEndpoint, about());
    const closeAt = new Date(world.clock.now() + 60_000).toISOString();
    expect(await world.ask(closeAssignmentEndpoint, about({ closeAt }))).toMatchObject({
      status: 200,
      body: { job: { status: 'completed' } },
    });
    await world.clock.advance(61_000);
    expect(world.send('GET', '/routing/jobs/job-1')).toMatchObject({ body: { status: 'closed' } });
  });

  it('takes what is done already for done', async () => {
    const world = httpWorld();
    const assignmentId = await world.assigned('job-1');
    await world.ask(completeAssignmentEndpoint, about());
    for (const body of [{ assignmentId }, {}]) {
      expect(await world.ask(completeAssignmentEndpoint, about(body))).toMatchObject({
        status: 200,
        body: { assignmentId, alreadyDone: true, job: { status: 'completed' } },
      });
    }
  });

  it('refuses what is not for a job in its status, and an assignment that is not of the job', async () => {
    const world = httpWorld();
    await world.offered('job-1');
    expect(await world.ask(completeAssignmentEndpoint, about())).toMatchObject({
      ...wrongStatus,
      body: { detail: 'Job "job-1" is queued and cannot be completed.', jobStatus: 'queued' },
    });
    expect(await world.ask(completeAssignmentEndpoint, about({ assignmentId: 'x' }))).toMatchObject({
      status: 404,
      body: { type: expect.stringMatching(/assignmentNotFound$/) },
    });
    const assignmentId = await world.assigned('job-2');
    const close = { params: { jobId: 'job-2' }, body: { assignmentId } };
    expect(await world.ask(closeAssignmentEndpoint, close)).toMatchObject(wrongStatus);
    expect(await world.ask(completeAssignmentEndpoint, { params: { jobId: 'nowhere' } })).toMatchObject({
      status: 404,
      body: { type: expect.stringMatching(/jobNotFound$/) },
    });
  });

  it.each([
    [{ note: 5 }, '/note'],
    [{ assignmentId: 'a:b' }, '/assignmentId'],
    [{ colour: 'red' }, '/colour'],
  ])('names what is wrong with %j', async (body, pointer) => {
    expect(await httpWorld().ask(completeAssignmentEndpoint, about(body))).toMatchObject({
      status: 400,
      body: { errors: [{ pointer }] },
    });
  });

  it('is done all the same where a rule has deleted the job by then', async () => {
    const deletes = (router: JobRouter): JobRouter => ({
      ...router,
      async closeAssignment(jobId, ...given) {
        const answer = await router.closeAssignment(jobId, ...given);
        await router.deleteJob(jobId);
        return answer;
      },
    });
    const world = httpWorld({}, deletes);
    const assignmentId = await world.assigned('job-1');
    await world.ask(completeAssignmentEndpoint, about());
    expect(await world.ask(closeAssignmentEndpoint, about())).toMatchObject({
      status: 200,
      body: { jobId: 'job-1', assignmentId },
    });
  });
});

describe('POST /api/jobs/{jobId}/complete by a worker', () => {
  const as = (id: string) => ({ as: signedIn(id, 'Workers.Self') });

  it('completes its own, and is shown no job', async () => {
    const world = httpWorld();
    const assignmentId = await world.assigned('job-1');
    const answer = await world.ask(completeAssignmentEndpoint, about({}, as(WORKER)));
    expect(answer).toEqual(expect.objectContaining({ status: 200, body: { jobId: 'job-1', assignmentId } }));
  });

  it('learns nothing of what is not its own', async () => {
    const world = httpWorld();
    const assignmentId = await world.assigned('job-1');
    world.send('PATCH', '/routing/jobs/waiting', { channelId: 'voice', queueId: QUEUE });
    const foreign: Asking[] = [
      about({}, as('worker-2')),
      about({ assignmentId }, as('worker-2')),
      about({ assignmentId: 'another' }, as(WORKER)),
      { params: { jobId: 'waiting' }, ...as(WORKER) },
      { params: { jobId: 'nowhere' }, ...as(WORKER) },
      { params: { jobId: 'a:b' }, ...as(WORKER) },
    ];
    const answers = await Promise.all(foreign.map((asking) => world.ask(completeAssignmentEndpoint, asking)));
    expect(answers[0]).toMatchObject({ status: 403 });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(world.send('GET', '/routing/jobs/job-1')).toMatchObject({ body: { status: 'assigned' } });
  });
});

describe('POST /api/jobs/{jobId}/unassign', () => {
  it('takes the job back, to be matched again or not', async () => {
    const world = httpWorld();
    await world.assigned('job-1');
    expect(await world.ask(unassignJobEndpoint, about({ suspendMatching: true }))).toMatchObject({
      status: 200,
      body: { job: { assignments: {}, matchingMode: { kind: 'suspend' } } },
    });
    expect(await world.ask(unassignJobEndpoint, about())).toMatchObject(wrongStatus);
  });
});

describe('POST /api/jobs/{jobId}/cancel', () => {
  it('ends a job with a reason, and takes a second time for done', async () => {
    const world = httpWorld();
    await world.offered('job-1');
    const body = { note: 'no longer needed', dispositionCode: 'Withdrawn' };
    expect(await world.ask(cancelJobEndpoint, about(body))).toMatchObject({
      status: 200,
      body: { jobId: 'job-1', job: { status: 'cancelled', dispositionCode: 'Withdrawn' } },
    });
    expect(await world.ask(cancelJobEndpoint, about())).toMatchObject({
      status: 200,
      body: { alreadyDone: true },
    });
  });

  it('refuses a job that is closed, and one that is not there', async () => {
    const world = httpWorld();
    await world.assigned('job-1');
    await world.ask(completeAssignmentEndpoint, about());
    await world.ask(closeAssignmentEndpoint, about());
    expect(await world.ask(cancelJobEndpoint, about())).toMatchObject(wrongStatus);
    expect(await world.ask(cancelJobEndpoint, { params: { jobId: 'nowhere' } })).toMatchObject({
      status: 404,
    });
  });
});

describe('POST /api/jobs/{jobId}/reclassify', () => {
  it('has the policy choose anew', async () => {
    const world = httpWorld();
    world.send('PATCH', '/routing/classificationPolicies/policy-1', { fallbackQueueId: QUEUE });
    world.send('PATCH', '/routing/jobs/job-1', { channelId: 'voice', classificationPolicyId: 'policy-1' });
    await world.clock.advance(1_000);
    expect(await world.ask(reclassifyJobEndpoint, about())).toMatchObject({ status: 200 });
    await world.clock.advance(1_000);
    expect(world.send('GET', '/routing/jobs/job-1')).toMatchObject({ body: { status: 'queued' } });
  });

  it('refuses a job without a policy, and one that somebody has', async () => {
    const world = httpWorld();
    await world.offered('job-1');
    expect(await world.ask(reclassifyJobEndpoint, about())).toMatchObject({
      body: { type: expect.stringMatching(/routerRefused$/), detail: expect.stringMatching(/policy/) },
    });
    await world.assigned('job-2');
    expect(await world.ask(reclassifyJobEndpoint, { params: { jobId: 'job-2' } })).toMatchObject(wrongStatus);
    expect(await world.ask(reclassifyJobEndpoint, about({ force: true }))).toMatchObject({ status: 400 });
  });
});
