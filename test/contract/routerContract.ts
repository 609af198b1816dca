/**
 * What the app and the official samples rely on, held against a Job Router. The client is the judge: it makes
 * the calls, and what it understands of the answers is what counts.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { systemClock } from '../../src/clock.ts';
import { idFrom } from '../../src/jobRouter/ids.ts';
import type { JobRouter } from '../../src/jobRouter/jobRouter.ts';
import { openJobRouter } from '../../src/jobRouter/openJobRouter.ts';
import { openRestClient, type RestClient } from '../../src/jobRouter/restClient.ts';
import { readRoutingDocument } from '../../src/routing/document/readRoutingDocument.ts';
import { applyDocument } from '../../src/routing/routing.ts';
import { connectionFrom } from '../../src/settings/connectionSettings.ts';
import type { ContractWorld } from './emulatorWorld.ts';

const POLICY = 'contract-policy';
const QUEUE = 'contract-queue';
const WORKER = 'contract-worker';
const JOB = 'contract-job';
const PATIENCE = 40;

const mergePatch = (body: unknown) => ({ body, contentType: 'application/merge-patch+json' });
const offered = z.object({
  id: z.string(),
  offers: z.array(z.object({ offerId: z.string(), jobId: z.string() })),
});
const page = z.object({ value: z.array(z.object({ id: z.string() })), nextLink: z.string().optional() });

/** Declares the tests of the contract against the router that `startWorld` starts, in the suite that calls it. */
export function routerContract(startWorld: () => Promise<ContractWorld>): void {
  let world: ContractWorld;
  let client: RestClient;
  let router: JobRouter;

  const openWith = (connectionString: string) => {
    const connection = connectionFrom({ COMMUNICATION_CONNECTION_STRING: connectionString });
    if ('problem' in connection) throw new Error(`The connection string ${connection.problem}`);
    const trust = world.certificate && { trustedCertificate: world.certificate.pem };
    return {
      client: () => openRestClient(connection, trust),
      router: openJobRouter(connection, { clock: systemClock, ...trust }),
    };
  };

  const policyPath = () => client.path('/routing/distributionPolicies/{distributionPolicyId}', POLICY);
  const queuePath = () => client.path('/routing/queues/{queueId}', QUEUE);
  const workerPath = () => client.path('/routing/workers/{workerId}', WORKER);
  const jobPath = () => client.path('/routing/jobs/{jobId}', JOB);

  /** The calls of the official quickstart, its spelling of the mode included. */
  const setUp = async () => [
    await policyPath().patch(
      mergePatch({ offerExpiresAfterSeconds: 60, mode: { kind: 'longest-idle' }, name: 'Contract policy' }),
    ),
    await queuePath().patch(mergePatch({ name: 'Contract queue', distributionPolicyId: POLICY })),
    await jobPath().patch(
      mergePatch({
        channelId: 'voice',
        queueId: QUEUE,
        priority: 1,
        requestedWorkerSelectors: [{ key: 'Some-Skill', labelOperator: 'greaterThan', value: 10 }],
      }),
    ),
    await workerPath().patch(
      mergePatch({
        capacity: 1,
        queues: [QUEUE],
        labels: { 'Some-Skill': 11 },
        channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
        availableForOffers: true,
      }),
    ),
  ];

  async function untilOffered(): Promise<{ offerId: string; jobId: string }> {
    for (let look = 0; look < PATIENCE; look++) {
      const [offer] = offered.parse((await workerPath().get()).body).offers;
      if (offer) return offer;
      await world.letItWork();
    }
    throw new Error(`${WORKER} has had no offer after ${PATIENCE} looks`);
  }

  async function tidyUp(): Promise<void> {
    await client.path('/routing/jobs/{jobId}:cancel', JOB).post();
    await jobPath().delete();
    await workerPath().delete();
    await queuePath().delete();
    await policyPath().delete();
  }

  beforeAll(async () => {
    world = await startWorld();
    const opened = openWith(world.connectionString);
    client = await opened.client();
    router = opened.router;
    await tidyUp();
  });
  afterAll(async () => {
    await tidyUp();
    await world.close();
  });

  it('takes a job from submission to deletion, as the quickstart does', async () => {
    expect((await setUp()).map(({ status }) => status)).toEqual(['201', '201', '201', '201']);

    const offer = await untilOffered();
    expect(offer.jobId).toBe(JOB);

    const accepted = await client
      .path('/routing/workers/{workerId}/offers/{offerId}:accept', WORKER, offer.offerId)
      .post();
    expect(accepted).toMatchObject({ status: '200', body: { jobId: JOB, workerId: WORKER } });
    const { assignmentId } = z.object({ assignmentId: z.string() }).parse(accepted.body);

    const again = await router.acceptOffer(idFrom(WORKER), idFrom(offer.offerId));
    expect(again).toMatchObject({ kind: 'refused', status: 404 });

    const assignment = '/routing/jobs/{jobId}/assignments/{assignmentId}';
    expect(await client.path(`${assignment}:complete`, JOB, assignmentId).post()).toMatchObject({
      status: '200',
    });
    expect(await router.getJob(idFrom(JOB))).toMatchObject({ value: { status: 'completed' } });

    const closed = await client
      .path(`${assignment}:close`, JOB, assignmentId)
      .post({ body: { dispositionCode: 'Resolved' } });
    expect(closed.status).toBe('200');
    expect(await router.getJob(idFrom(JOB))).toMatchObject({
      value: {
        status: 'closed',
        dispositionCode: 'Resolved',
        assignments: { [assignmentId]: { completedAt: expect.any(String), closedAt: expect.any(String) } },
      },
    });

    expect((await jobPath().delete()).status).toBe('204');
    expect(await router.getJob(idFrom(JOB))).toMatchObject({
      kind: 'refused',
      status: 404,
      code: 'NotFound',
    });
    expect(await router.deleteJob(idFrom(JOB))).toMatchObject({ kind: 'ok' });
  });

  it('removes by null, and keeps what a patch leaves out', async () => {
    await setUp();
    await queuePath().patch(mergePatch({ labels: { a: 1, b: 2 } }));
    const patched = await queuePath().patch(mergePatch({ name: null, labels: { a: null } }));
    expect(patched).toMatchObject({
      status: '200',
      body: { distributionPolicyId: POLICY, labels: { b: 2, Id: QUEUE } },
    });
    expect(Object.keys(z.looseObject({}).parse(patched.body))).not.toContain('name');
  });

  it('answers lists page by page, and each page leads to the next', async () => {
    const paged = [1, 2, 3].map((number) => `${POLICY}-${number}`);
    const path = (id: string) => client.path('/routing/distributionPolicies/{distributionPolicyId}', id);
    for (const id of paged) {
      await path(id).patch(mergePatch({ offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } }));
    }
    const seen: string[] = [];
    const list = { queryParameters: { maxpagesize: 2 } };
    let next = page.parse((await client.path('/routing/distributionPolicies').get(list)).body);
    expect(next.value).toHaveLength(2);
    seen.push(...next.value.map(({ id }) => id));
    while (next.nextLink !== undefined) {
      next = page.parse((await client.path(next.nextLink).get()).body);
      seen.push(...next.value.map(({ id }) => id));
    }
    expect(seen.filter((id) => paged.includes(id)).sort()).toEqual(paged);
    expect(new Set(seen).size).toBe(seen.length);
    for (const id of paged) await path(id).delete();
  });

  it('is provisioned once: the same document changes nothing the second time', async () => {
    await tidyUp();
    const document = readRoutingDocument({
      distributionPolicies: [
        {
          id: POLICY,
          name: 'Contract policy',
          offerExpiresAfterSeconds: 60,
          mode: { kind: 'longest-idle' },
        },
      ],
      queues: [{ id: QUEUE, distributionPolicyId: POLICY, labels: { region: 'EU' } }],
      workers: [
        {
          id: WORKER,
          capacity: 2,
          queues: [QUEUE],
          labels: { 'Some-Skill': 11, vip: true },
          channels: [
            { channelId: 'voice', capacityCostPerJob: 2 },
            { channelId: 'chat', capacityCostPerJob: 1, maxNumberOfJobs: 2 },
          ],
          availableForOffers: false,
        },
      ],
      jobs: [
        {
          id: JOB,
          channelId: 'chat',
          queueId: QUEUE,
          notes: [{ message: 'from the contract' }],
          requestedWorkerSelectors: [{ key: 'Some-Skill', labelOperator: 'greaterThan', value: 10 }],
        },
      ],
    });
    const all = [`distributionPolicies/${POLICY}`, `queues/${QUEUE}`, `workers/${WORKER}`, `jobs/${JOB}`];
    if (document.kind !== 'read') throw new Error('The document does not read');
    const apply = () => applyDocument(router, document, { router: 'contract' });
    expect(await apply()).toMatchObject({ kind: 'applied', done: { created: all } });
    expect(await apply()).toMatchObject({ kind: 'applied', done: { unchanged: all } });
  });

  it('lists what is in a status, and dates its answer', async () => {
    await tidyUp();
    await setUp();
    await untilOffered();
    const queued = await router.listJobs({ status: 'queued', queueId: QUEUE });
    expect(queued).toMatchObject({ value: { items: [{ id: JOB, status: 'queued' }], unread: 0 } });
    expect(queued).toHaveProperty('answeredAt', expect.any(Date));
    expect(await router.listJobs({ status: 'closed', queueId: QUEUE })).toHaveProperty('value.items', []);
    const ofPolicy = { classificationPolicyId: POLICY, maxpagesize: 1 };
    expect(await router.listJobs(ofPolicy)).toHaveProperty('value.items', []);
    const active = await router.listWorkers({ state: 'active', queueId: QUEUE });
    expect(active).toMatchObject({ value: { items: [{ id: WORKER, offers: [{ jobId: JOB }] }] } });
  });

  it('tells where a job stands, and how it goes in its queue', async () => {
    await tidyUp();
    await setUp();
    await untilOffered();
    expect(await router.getJobPosition(idFrom(JOB))).toMatchObject({
      value: { jobId: JOB, queueId: QUEUE, position: 1, queueLength: 1 },
    });
    expect(await router.getQueueStatistics(idFrom(QUEUE))).toMatchObject({
      value: { queueId: QUEUE, length: 1 },
    });
    expect(await router.getJobPosition(idFrom('contract-nowhere'))).toMatchObject({ reason: 'notFound' });
  });

  it('classifies a job again where it has a policy for that, and refuses it where it has none', async () => {
    await tidyUp();
    await setUp();
    await untilOffered();
    expect(await router.reclassifyJob(idFrom(JOB))).toMatchObject({ kind: 'refused' });
    const policy = client.path('/routing/classificationPolicies/{classificationPolicyId}', POLICY);
    await policy.patch(mergePatch({ fallbackQueueId: QUEUE }));
    await router.updateJob(idFrom(JOB), { classificationPolicyId: POLICY });
    expect(await router.reclassifyJob(idFrom(JOB))).toMatchObject({ kind: 'ok' });
    await tidyUp();
    await policy.delete();
  });

  it('refuses a write under an ETag that is no longer the one', async () => {
    await setUp();
    const read = await router.getWorker(idFrom(WORKER));
    const etag = read.kind === 'ok' ? (read.value.etag ?? '') : '';
    const tagged = await router.updateWorker(idFrom(WORKER), { tags: { seen: 1 } }, { ifMatch: etag });
    expect(tagged).toMatchObject({ kind: 'ok', value: { tags: { seen: 1 } } });
    const late = await router.updateWorker(idFrom(WORKER), { tags: { seen: 2 } }, { ifMatch: etag });
    expect(late).toMatchObject({ kind: 'refused', reason: 'changed' });
    await router.updateWorker(idFrom(WORKER), { tags: { seen: null } });
    expect(await router.getWorker(idFrom(WORKER))).toMatchObject({ value: { tags: {} } });
  });

  it('takes a job back from its worker', async () => {
    await tidyUp();
    await setUp();
    const offer = await untilOffered();
    const accepted = await router.acceptOffer(idFrom(WORKER), idFrom(offer.offerId));
    if (accepted.kind !== 'ok') throw new Error('The offer must stand');
    const { assignmentId } = accepted.value;
    expect(await router.unassignJob(idFrom(JOB), assignmentId, { suspendMatching: true })).toMatchObject({
      kind: 'ok',
    });
    const job = await router.getJob(idFrom(JOB));
    expect(job).not.toHaveProperty(`value.assignments.${assignmentId}`);
    expect(job).toMatchObject({ value: { matchingMode: { kind: 'suspend' } } });
  });

  it('turns a wrong key away, which the app takes for "not now"', async () => {
    const wrong = openWith(world.connectionString.replace(/accesskey=.*/i, 'accesskey=d3Jvbmcta2V5'));
    expect(await wrong.router.ping()).toMatchObject({ kind: 'unavailable', status: 401 });
    expect(await router.ping()).toMatchObject({ kind: 'ok' });
  });
}
