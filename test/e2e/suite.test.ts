import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APP_ROOT, eventSubscriptions } from '../../emulator/app.ts';
import { quickstartJob } from '../../emulator/demo/quickstartJob.ts';
import { type HostProcess, startHostProcess } from '../../emulator/hostProcess.ts';
import { idFrom, type JobId, type QueueId, type WorkerId } from '../../emulator/router/engine/ids.ts';
import { createEmulatorSuite, subscribeNow } from '../../emulator/suite.ts';
import { provisionQuickstart, startTestSuite, type TestSuite } from '../support/suite.ts';

const JOB = idFrom<JobId>('job-1');
const WORKER = idFrom<WorkerId>('worker-1');
const ACCEPT_ONLY = {
  AUTOMATION_RULES: JSON.stringify({ automation: { rules: [{ name: 'accept', accept: 'auto' }] } }),
};

describe('the suite with the built app', () => {
  let suite: TestSuite;
  afterEach(() => suite.close());

  it('brings a job from submission to deletion, without anybody waiting', async () => {
    suite = await startTestSuite();
    await provisionQuickstart(suite);
    await suite.callApp('POST', 'jobs', quickstartJob('job-1'));
    await suite.clock.settle();

    expect(
      suite.eventGrid.events().map(({ type }) => type.replace('Microsoft.Communication.Router', '')),
    ).toEqual([
      'WorkerRegistered',
      'JobReceived',
      'JobQueued',
      'WorkerOfferIssued',
      'WorkerOfferAccepted',
      'JobCompleted',
      'JobClosed',
      'JobDeleted',
    ]);
    expect(suite.router.read.job(JOB)).toBeUndefined();
    expect(suite.router.read.worker(WORKER)).toMatchObject({ loadRatio: 0, state: 'active' });
    expect(suite.eventGrid.deadLetters()).toEqual([]);
  });

  it('provisions the same document a second time without changing anything', async () => {
    suite = await startTestSuite();
    await provisionQuickstart(suite);
    await expect(provisionQuickstart(suite)).resolves.toMatchObject({
      created: [],
      updated: [],
      unchanged: ['distributionPolicies/distribution-policy-1', 'queues/queue-1', 'workers/worker-1'],
    });
  });

  it('assigns once when the same offer is delivered ten times at once, and acknowledges all ten', async () => {
    suite = await startTestSuite(ACCEPT_ONLY);
    await provisionQuickstart(suite);
    suite.eventGrid.unsubscribe('acceptOffer');
    await suite.callApp('POST', 'jobs', quickstartJob('job-1'));
    await suite.clock.settle();

    const answers = await Promise.all(Array.from({ length: 10 }, () => deliverOffer(suite)));

    expect(answers).toEqual(Array(10).fill(202));
    expect(suite.router.read.job(JOB)).toMatchObject({ status: 'assigned' });
    expect(suite.router.read.job(JOB)?.assignments).toHaveLength(1);
    const outcomes = suite.log.flatMap((line) => /"outcome":"(\w+)"/.exec(line)?.[1] ?? []);
    expect(outcomes.sort()).toEqual(['done', ...Array(9).fill('lostRace')]);
  });

  it('goes the whole way through a webhook subscription in the CloudEvents schema too', async () => {
    suite = await startTestSuite();
    for (const { name } of suite.eventGrid.subscriptions()) suite.eventGrid.unsubscribe(name);
    await subscribeNow(suite.eventGrid, {
      name: 'webhook',
      endpoint: `${suite.host?.url}/api/router-events`,
      schema: 'CloudEventSchemaV1_0',
    });
    await provisionQuickstart(suite);
    await suite.callApp('POST', 'jobs', quickstartJob('job-1'));
    await suite.clock.settle();
    expect(suite.eventGrid.events().at(-1)?.type).toBe('Microsoft.Communication.RouterJobDeleted');
  });

  it('parks an event it cannot read, whole, and acknowledges it', async () => {
    suite = await startTestSuite();
    const event = {
      id: 'event-1',
      eventType: 'Microsoft.Communication.RouterWorkerOfferIssued',
      data: 'text',
    };
    await expect(deliver(suite, 'acceptOffer', event)).resolves.toBe(202);

    const answer = await fetch(`${suite.host?.url}/admin/emulator/queues/parked-events`);
    expect(JSON.stringify(await answer.json())).toContain('event-1');
  });
});

describe('an app with the wrong access key', () => {
  let suite: TestSuite;
  let host: HostProcess;

  beforeEach(async () => {
    suite = await startTestSuite();
  });
  afterEach(async () => {
    await host.close();
    await suite.close();
  });

  it('has events delivered again until the key is right, and loses none', async () => {
    await provisionQuickstart(suite);
    const { port } = new URL(suite.host?.url ?? '');
    await suite.host?.close();

    const wrong = suite.connectionString.replace(/accesskey=.*/, 'accesskey=d3Jvbmc=');
    host = await startHost(Number(port), wrong);
    await submitToRouter(suite);
    await suite.clock.settle();
    const [first] = suite.eventGrid.deliveries().filter(({ subscription }) => subscription === 'acceptOffer');
    expect(first).toMatchObject({ outcome: { status: 500 }, result: 'willRetry' });
    expect(suite.router.read.job(JOB)).toMatchObject({ status: 'queued' });
    await host.close();

    host = await startHost(Number(port), suite.connectionString);
    await suite.clock.advance(15_000);
    expect(suite.eventGrid.events().at(-1)?.type).toBe('Microsoft.Communication.RouterJobDeleted');
    expect(suite.eventGrid.deadLetters()).toEqual([]);
  });
});

describe('starting the suite', () => {
  it('stops what had started when the port of the host is taken', async () => {
    const first = await startTestSuite();
    const port = Number(new URL(first.host?.url ?? '').port);
    const second = createEmulatorSuite({
      app: { root: APP_ROOT, port, subscriptions: await eventSubscriptions() },
    });
    await expect(second).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
    await first.close();
  });
});

const startHost = (port: number, connectionString: string): Promise<HostProcess> =>
  startHostProcess({
    appRoot: APP_ROOT,
    port,
    environment: { COMMUNICATION_CONNECTION_STRING: connectionString },
    onLog: () => {},
  });

/** Puts a job into the router past the app, which could not do it with the wrong key. */
async function submitToRouter({ router }: TestSuite): Promise<void> {
  const { id, ...job } = quickstartJob('job-1');
  const answer = router.handle({
    type: 'UpsertJob',
    id: idFrom<JobId>(id),
    patch: { ...job, queueId: idFrom<QueueId>('queue-1') },
  });
  expect(answer.ok).toBe(true);
}

/** Delivers the offer that was issued last, as Event Grid would. */
async function deliverOffer(suite: TestSuite): Promise<number> {
  const issued = suite.eventGrid.events().findLast(({ type }) => type.endsWith('RouterWorkerOfferIssued'));
  return deliver(suite, 'acceptOffer', { id: issued?.id, eventType: issued?.type, data: issued?.data });
}

async function deliver(suite: TestSuite, functionName: string, event: unknown): Promise<number> {
  const answer = await fetch(`${suite.host?.url}/runtime/webhooks/EventGrid?functionName=${functionName}`, {
    method: 'POST',
    headers: { 'aeg-event-type': 'Notification', 'content-type': 'application/json' },
    body: JSON.stringify([event]),
  });
  return answer.status;
}
