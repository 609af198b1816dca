import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instant } from '../../emulator/clock/instant.ts';
import { createManualClock } from '../../emulator/clock/manualClock.ts';
import { systemPorts } from '../../emulator/ports.ts';
import {
  type ClassificationPolicyId,
  type DistributionPolicyId,
  idFrom,
  type JobId,
  type QueueId,
} from '../../emulator/router/engine/ids.ts';
import type { RouterRule } from '../../emulator/router/engine/model/rules.ts';
import { createEmulatorSuite, type EmulatorSuite } from '../../emulator/suite.ts';

const JOB = idFrom<JobId>('job-1');
const clock = createManualClock(instant(Date.UTC(2026, 2, 2)));

describe('a rule that is answered by a function', () => {
  const asked: unknown[] = [];
  const functions = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      asked.push({ url: request.url, key: request.headers['x-functions-key'], body });
      response.writeHead(request.url === '/api/fails' ? 500 : 200).end('42');
    });
  });
  let address = '';
  let suite: EmulatorSuite;

  beforeEach(async () => {
    await new Promise<void>((resolve) => void functions.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(functions.address() as AddressInfo).port}/api`;
    suite = await createEmulatorSuite({ ports: { ...systemPorts(), clock } });
  });

  afterEach(async () => {
    await suite.close();
    functions.closeAllConnections();
    await new Promise((resolve) => void functions.close(resolve));
    asked.length = 0;
  });

  async function jobClassifiedBy(prioritizationRule: RouterRule) {
    const { router } = suite;
    router.handle({
      type: 'UpsertDistributionPolicy',
      id: idFrom('distribution'),
      patch: { offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } },
    });
    router.handle({
      type: 'UpsertQueue',
      id: idFrom('queue'),
      patch: { distributionPolicyId: idFrom<DistributionPolicyId>('distribution') },
    });
    router.handle({
      type: 'UpsertClassificationPolicy',
      id: idFrom('classification'),
      patch: { fallbackQueueId: idFrom<QueueId>('queue'), prioritizationRule },
    });
    router.handle({
      type: 'UpsertJob',
      id: JOB,
      patch: {
        channelId: 'voice',
        classificationPolicyId: idFrom<ClassificationPolicyId>('classification'),
        labels: { Region: 'NA' },
      },
    });
    await clock.settle();
    return router.read.job(JOB);
  }

  it('asks it over HTTP, and time stands still until it has answered', async () => {
    const job = await jobClassifiedBy({
      kind: 'function',
      functionUri: `${address}/priority`,
      credential: { functionKey: 'key-1' },
    });
    expect(job).toMatchObject({ status: 'queued', priority: 42 });
    expect(asked).toEqual([{ url: '/api/priority', key: 'key-1', body: '{"job":{"Region":"NA"}}' }]);
  });

  it('tells an Event Grid subscriber why the classification failed', async () => {
    const job = await jobClassifiedBy({ kind: 'function', functionUri: `${address}/fails` });
    expect(job?.status).toBe('classificationFailed');
    const event = suite.eventGrid.events().at(-1);
    expect(event).toMatchObject({
      type: 'Microsoft.Communication.RouterJobClassificationFailed',
      data: { errors: [{ message: `The function at ${address}/fails answered 500 instead of 200` }] },
    });
  });
});
