/** OWASP API1:2023: a worker reaches for what is another worker's, under the other's id, under its own, or past both. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AttackedApp, offerTo, startAttackedApp, twoWorkers } from '../support/attackedApp.ts';

const ada = { id: 'ada', roles: ['Workers.Self'] } as const;
const bob = { id: 'bob', roles: ['Workers.Self'] } as const;

let app: AttackedApp;
let adasOffer: string;
let adasAssignment: string;
beforeAll(async () => {
  app = await startAttackedApp({ EASY_AUTH: 'required' });
  await twoWorkers(app);
  adasOffer = await offerTo(app, 'ada', 'job-offered');
  const offer = await offerTo(app, 'ada', 'job-assigned');
  const { body } = await app.router('POST', `workers/ada/offers/${offer}:accept`, {});
  adasAssignment = (body as { assignmentId: string }).assignmentId;
});
afterAll(() => app.close());

const adaNow = async () => (await app.router('GET', 'workers/ada')).body;
const jobNow = async () => (await app.router('GET', 'jobs/job-assigned')).body;

describe('Bob', () => {
  it.each(['ada', 'ADA', 'ada%20', '%61da', 'ada/', 'bob%2F..%2Fada', 'bob/../ada', 'nobody'])(
    'sees nothing of workers/%s, not even whether there is one',
    async (worker) => {
      const { status, text } = await app.attack('GET', `workers/${worker}`, { as: bob });
      expect([403, 404]).toContain(status);
      expect(text).not.toMatch(/queue-1|voice|assigned|no worker/);
    },
  );

  it('cannot tell a worker there is from one there is not', async () => {
    const [there, nowhere] = await Promise.all(
      ['ada', 'nobody'].map((worker) => app.attack('GET', `workers/${worker}`, { as: bob })),
    );
    expect([there?.status, there?.text]).toEqual([nowhere?.status, nowhere?.text]);
  });

  it('does not take Ada off duty', async () => {
    const body = { availableForOffers: false };
    expect(await app.attack('PATCH', 'workers/ada', { as: bob, body })).toMatchObject({ status: 403 });
    expect(await adaNow()).toMatchObject({ availableForOffers: true });
  });

  it('does not accept what Ada is offered, under her id or his own', async () => {
    const asAda = await app.attack('POST', `workers/ada/offers/${adasOffer}/accept`, { as: bob });
    const asBob = await app.attack('POST', `workers/bob/offers/${adasOffer}/accept`, { as: bob });
    expect([asAda.status, asBob.status]).toEqual([403, 404]);
    expect(await adaNow()).toMatchObject({ offers: [{ offerId: adasOffer }] });
  });

  it('does not complete what Ada does, whether he knows the assignment or not', async () => {
    const attacks = [{}, { assignmentId: adasAssignment }, { assignmentId: 'another' }];
    const answers = await Promise.all([
      ...attacks.map((body) => app.attack('POST', 'jobs/job-assigned/complete', { as: bob, body })),
      app.attack('POST', 'jobs/job-nowhere/complete', { as: bob, body: {} }),
    ]);
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 403 });
    expect(await jobNow()).toMatchObject({ status: 'assigned' });
  });

  it.each(['jobs/job-assigned', 'jobs', 'workers', 'queues/queue-1', 'routing'])(
    'does not see %s at all',
    async (path) => {
      expect(await app.attack('GET', path, { as: bob })).toMatchObject({ status: 403 });
    },
  );

  it('is not Ada for having her name elsewhere than in his id', async () => {
    const headers = { 'x-ms-client-principal-id': 'ada', 'x-worker-id': 'ada' };
    expect(await app.attack('GET', 'workers/ada?workerId=ada', { as: bob, headers })).toMatchObject({
      status: 403,
    });
  });

  it('is nobody without an id', async () => {
    const as = { roles: ['Workers.Self'] } as const;
    for (const worker of ['undefined', 'null', 'ada']) {
      expect(await app.attack('GET', `workers/${worker}`, { as })).toMatchObject({ status: 403 });
    }
  });
});

describe('Ada', () => {
  it('sees herself, takes her offer and completes her assignment', async () => {
    expect(await app.attack('GET', 'workers/ada', { as: ada })).toMatchObject({ json: { id: 'ada' } });
    const accepted = await app.attack('POST', `workers/ada/offers/${adasOffer}/accept`, { as: ada });
    expect(accepted).toMatchObject({ status: 200, json: { workerId: 'ada' } });
    const completed = await app.attack('POST', 'jobs/job-assigned/complete', { as: ada, body: {} });
    expect(completed.status).toBeLessThan(300);
    expect(await jobNow()).toMatchObject({ status: 'completed' });
  });
});
