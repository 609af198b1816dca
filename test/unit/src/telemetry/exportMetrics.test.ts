import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { systemClock } from '../../../../src/clock.ts';
import type { LogLine } from '../../../../src/handling/logLine.ts';
import { createRequestBudget } from '../../../../src/jobRouter/requestBudget.ts';
import { countAttempt } from '../../../../src/telemetry/countAttempt.ts';
import { countEvent } from '../../../../src/telemetry/countEvent.ts';
import { countedDeferrals } from '../../../../src/telemetry/countedDeferrals.ts';
import { endExport, startExport } from '../../../../src/telemetry/exportMetrics.ts';
import { watchBudget } from '../../../../src/telemetry/watchBudget.ts';
import { testApp } from '../../../support/testApp.ts';

const attribute = z
  .object({
    key: z.string(),
    value: z.object({ stringValue: z.string().optional(), intValue: z.number().optional() }),
  })
  .transform(({ key, value }) => [key, value.stringValue ?? value.intValue] as const);
const attributes = z.array(attribute).transform((all) => Object.fromEntries(all));
const point = z.object({
  attributes,
  asDouble: z.number().optional(),
  count: z.number().optional(),
  sum: z.number().optional(),
});
const points = z.object({ dataPoints: z.array(point) }).optional();
const metric = z.object({ name: z.string(), sum: points, gauge: points, histogram: points });
const request = z.object({
  resourceMetrics: z.tuple([
    z.object({
      resource: z.object({ attributes }),
      scopeMetrics: z.tuple([z.object({ scope: z.object({ name: z.string() }), metrics: z.array(metric) })]),
    }),
  ]),
});

/** An OTLP collector that keeps what it is sent. */
const received: z.infer<typeof request>[] = [];
const collector = createServer(async (incoming, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  if (incoming.url === '/v1/metrics')
    received.push(request.parse(JSON.parse(Buffer.concat(chunks).toString())));
  response.end('{}');
});

const before = process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
beforeEach(async () => {
  received.length = 0;
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await endExport();
  if (before === undefined) delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  else process.env.OTEL_EXPORTER_OTLP_ENDPOINT = before;
  collector.closeAllConnections();
  await new Promise((resolve) => collector.close(resolve));
});

const start = () => startExport({ instanceId: 'instance-1', everyMilliseconds: 60_000 });

/** What arrived under a name, once the app has gone away. */
async function exported(name: string) {
  await endExport();
  const [sent] = received.at(-1)?.resourceMetrics ?? [];
  const found = sent?.scopeMetrics[0].metrics.find((one) => one.name === name);
  return (found?.sum ?? found?.gauge ?? found?.histogram)?.dataPoints ?? [];
}

const line = (members: Partial<LogLine>): LogLine => ({
  routerEvent: 'RouterWorkerOfferIssued',
  function: 'acceptOffer',
  outcome: 'done',
  did: 'it',
  why: 'because',
  ...members,
});

it('events arrive by type, function and outcome, from one instance', async () => {
  await start();
  countEvent(line({}));
  countEvent(line({}));
  countEvent(line({ outcome: 'lostRace' }));
  const counted = await exported('job_router.events');
  expect(counted.map(({ attributes: told, asDouble }) => [told.type, told.outcome, asDouble])).toEqual([
    ['RouterWorkerOfferIssued', 'done', 2],
    ['RouterWorkerOfferIssued', 'lostRace', 1],
  ]);
  expect(received[0]?.resourceMetrics[0].resource.attributes).toMatchObject({
    'service.name': 'job-router-functions',
    'service.instance.id': 'instance-1',
  });
});

it('types that nobody knows are counted as one, so that nobody can make time series', async () => {
  await start();
  for (let index = 0; index < 100; index++) countEvent(line({ routerEvent: `RouterJob${index}` }));
  expect(await exported('job_router.events')).toMatchObject([
    { attributes: { type: 'other' }, asDouble: 100 },
  ]);
});

it('lag is told in seconds, and the time until an offer was accepted includes its handling', async () => {
  await start();
  countEvent(line({ decision: 'AcceptOffer', lagMilliseconds: 1_500, durationMilliseconds: 250 }));
  countEvent(line({ decision: 'AcceptOffer', outcome: 'lostRace', lagMilliseconds: 1_500 }));
  countEvent(line({ routerEvent: 'RouterJobClosed', lagMilliseconds: -20 }));
  expect(await exported('job_router.offer.accept_latency')).toMatchObject([{ count: 1, sum: 1.75 }]);
  const [sent] = received[0]?.resourceMetrics ?? [];
  const lag = sent?.scopeMetrics[0].metrics.find(({ name }) => name === 'job_router.event.lag');
  expect(lag?.histogram?.dataPoints).toMatchObject([
    { attributes: { type: 'RouterWorkerOfferIssued' }, count: 2, sum: 3 },
    { attributes: { type: 'RouterJobClosed' }, count: 1, sum: 0 },
  ]);
});

it('parked events, and what had to be done again', async () => {
  await start();
  countEvent(line({ outcome: 'parked' }));
  countEvent(line({ outcome: 'mustRetry' }));
  countAttempt({ lane: 'accept', repetition: 0, answer: 'unavailable', status: 503 });
  countAttempt({ lane: 'accept', repetition: 1, answer: 'ok', status: 200 });
  expect(await exported('job_router.events.parked')).toMatchObject([{ asDouble: 1 }]);
  const [sent] = received[0]?.resourceMetrics ?? [];
  const named = (name: string) =>
    sent?.scopeMetrics[0].metrics.find((one) => one.name === name)?.sum?.dataPoints;
  expect(named('job_router.retries')).toMatchObject([
    { attributes: { of: 'event', function: 'acceptOffer' }, asDouble: 1 },
    { attributes: { of: 'request', lane: 'accept' }, asDouble: 1 },
  ]);
  expect(named('job_router.requests')).toMatchObject([
    { attributes: { lane: 'accept', answer: 'unavailable', status: 503 }, asDouble: 1 },
    { attributes: { lane: 'accept', answer: 'ok', status: 200 }, asDouble: 1 },
  ]);
});

it('how much of the quota is used', async () => {
  await start();
  const budget = createRequestBudget(systemClock, 100);
  watchBudget(budget);
  await budget.take('accept', new Date(systemClock.now().getTime() + 1_000));
  expect(await exported('job_router.quota.used')).toMatchObject([{ asDouble: 0.01 }]);
});

it('what was put off, by kind and whether it was kept', async () => {
  await start();
  const { deferrals, clock } = testApp();
  const firstDeferredAt = clock.now().toISOString();
  await countedDeferrals(deferrals).put(
    { kind: 'event', event: {}, attempt: 1, firstDeferredAt },
    clock.now(),
  );
  expect(await exported('job_router.deferrals')).toMatchObject([
    { attributes: { kind: 'event', result: 'kept' }, asDouble: 1 },
  ]);
});

it('without a collector, counting does nothing', () => {
  expect(() => countEvent(line({ lagMilliseconds: 1 }))).not.toThrow();
  expect(received).toEqual([]);
});

it('a collector that is away keeps nobody from going away', async () => {
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:1';
  await start();
  countEvent(line({}));
  await expect(endExport()).resolves.toBeUndefined();
});
