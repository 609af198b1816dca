/**
 * What is put off outlives the process: the built app in a host that is killed and started again, with real storage
 * queues. Time is the machine's, as it is for whoever runs this.
 */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { APP_ROOT, eventSubscriptions } from '../../emulator/app.ts';
import { type Azurite, startAzurite } from '../../emulator/azurite.ts';
import { type HostProcess, startHostProcess } from '../../emulator/hostProcess.ts';
import { idFrom, type JobId } from '../../emulator/router/engine/ids.ts';
import { createEmulatorSuite, type EmulatorSuite, subscribeNow } from '../../emulator/suite.ts';
import { DEVELOPMENT_WORK_SECRET } from '../../emulator/workSecret.ts';

interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const asked: Asked[] = [];
const refused = new Set<string>();
const endpoint = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += String(chunk);
  });
  request.on('end', () => {
    const path = request.url ?? '';
    asked.push({ path, headers: request.headers, body });
    response.writeHead(refused.has(path) ? 422 : 204).end();
  });
});

let azurite: Azurite;
let suite: EmulatorSuite;
let host: HostProcess;
let environment: Record<string, string>;

const log: string[] = [];
const start = (port: number) =>
  startHostProcess({ appRoot: APP_ROOT, port, environment, onLog: ({ message }) => log.push(message) });

beforeAll(async () => {
  [azurite, suite] = await Promise.all([startAzurite(), createEmulatorSuite()]);
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`;
  const rule = (channel: string, how: object) => ({
    name: channel,
    when: { channel },
    accept: 'auto',
    complete: 'onAccept',
    ...how,
  });
  const rules = [
    rule('later', { completeAfterSeconds: 1 }),
    rule('inline', { work: { url: `${address}/inline`, timeoutSeconds: 5 } }),
    rule('queued', { work: { url: `${address}/queued`, timeoutSeconds: 60 } }),
    rule('refused', { work: { url: `${address}/refused`, timeoutSeconds: 5 } }),
  ];
  environment = {
    COMMUNICATION_CONNECTION_STRING: suite.connectionString,
    AUTOMATION_RULES: JSON.stringify({ automation: { rules } }),
    AzureWebJobsStorage: azurite.connectionString,
    WORK_SIGNING_SECRET: DEVELOPMENT_WORK_SECRET,
  };
  host = await start(0);
  for (const [name, includedEventTypes] of Object.entries(await eventSubscriptions())) {
    const url = host.functions.find((fn) => fn.name === name)?.urls[0] ?? '';
    await subscribeNow(suite.eventGrid, { name, endpoint: url, filter: { includedEventTypes } });
  }
  await call('PUT', 'routing', {
    distributionPolicies: [{ id: 'p', offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } }],
    queues: [{ id: 'q', distributionPolicyId: 'p' }],
    workers: [
      {
        id: 'w',
        capacity: 10,
        queues: ['q'],
        channels: rules.map(({ name }) => ({ channelId: name, capacityCostPerJob: 1 })),
        availableForOffers: true,
      },
    ],
  });
});

afterAll(async () => {
  await suite.close();
  await host.close();
  await azurite.close();
  endpoint.close();
});

async function call(method: 'GET' | 'PUT' | 'POST', path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${host.url}/api/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(answer.ok, `${method} ${path} answered ${answer.status}`).toBe(true);
  return answer.json();
}

const submit = (id: string, channelId: string) => call('POST', 'jobs', { id, channelId, queueId: 'q' });

const reaches = (id: string, status: string) =>
  expect
    .poll(() => suite.router.read.job(idFrom<JobId>(id))?.status, { timeout: 15_000, interval: 20 })
    .toBe(status);

function ofPath(path: string): Asked {
  const found = asked.find((one) => one.path === path);
  if (!found) throw new Error(`${path} was not asked`);
  return found;
}

it('completes an assignment at its time although the host was killed meanwhile', async () => {
  await submit('job-later', 'later');
  await reaches('job-later', 'assigned');
  await expect.poll(() => log.join('\n'), { timeout: 10_000, interval: 20 }).toContain('put off completing');
  process.kill(host.pid, 'SIGKILL');
  await host.ended;
  host = await start(Number(new URL(host.url).port));
  await reaches('job-later', 'completed');
});

it('asks for short work at once and for long work out of the queue, signed, and completes when it is done', async () => {
  await submit('job-inline', 'inline');
  await submit('job-queued', 'queued');
  await reaches('job-inline', 'completed');
  await reaches('job-queued', 'completed');

  for (const path of ['/inline', '/queued']) {
    const { headers, body } = ofPath(path);
    const work = JSON.parse(body);
    expect(work).toEqual({
      rule: path.slice(1),
      assignmentId: expect.any(String),
      jobId: `job-${path.slice(1)}`,
      workerId: 'w',
      queueId: 'q',
      channelId: path.slice(1),
    });
    expect(headers).toMatchObject({ 'idempotency-key': work.assignmentId, 'webhook-id': work.assignmentId });
    const key = Buffer.from(DEVELOPMENT_WORK_SECRET.replace('whsec_', ''), 'base64');
    const signed = `${work.assignmentId}.${headers['webhook-timestamp']}.${body}`;
    const signature = createHmac('sha256', key).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
  }
});

const parkedList = z.object({
  count: z.number(),
  events: z.array(z.object({ reason: z.string(), function: z.string(), event: z.unknown() })),
});

it('parks an event whose work is refused, and has it handled again once the endpoint is mended', async () => {
  refused.add('/refused');
  await submit('job-refused', 'refused');
  await expect
    .poll(async () => parkedList.parse(await call('GET', 'parked-events')).count, { timeout: 10_000 })
    .toBe(1);
  const { events } = parkedList.parse(await call('GET', 'parked-events'));
  expect(events).toMatchObject([
    {
      reason: expect.stringMatching(/refused assignment .* of job-refused: it answered 422/),
      function: 'completeJob',
      event: { eventType: 'Microsoft.Communication.RouterWorkerOfferAccepted' },
    },
  ]);

  const again = await call('POST', 'parked-events/resend', { limit: 1 });
  expect(again).toMatchObject({ events: [{ outcome: 'parked', removed: false }] });
  refused.clear();
  const mended = await call('POST', 'parked-events/resend');
  expect(mended).toMatchObject({ events: [{ outcome: 'done', removed: true }] });
  await reaches('job-refused', 'completed');
  expect(parkedList.parse(await call('GET', 'parked-events'))).toEqual({ count: 0, events: [] });
});
