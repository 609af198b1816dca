import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { systemClock } from '../../../../src/clock.ts';
import { handleRouterEvent } from '../../../../src/handleRouterEvent.ts';
import type { LogLine } from '../../../../src/handling/logLine.ts';
import { idFrom } from '../../../../src/jobRouter/ids.ts';
import { openJobRouter } from '../../../../src/jobRouter/openJobRouter.ts';
import { currentTraceId, currentTraceparent, inTrace } from '../../../../src/telemetry/traceContext.ts';
import { httpWorkCaller } from '../../../../src/work/httpWorkCaller.ts';
import type { WorkRequest } from '../../../../src/work/workCaller.ts';
import { rawEvent } from '../../../support/story.ts';
import { testApp } from '../../../support/testApp.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const OTHER = 'b'.repeat(32);
const parentOf = (trace: string) => `00-${trace}-b7ad6b7169203331-01`;

const told: unknown[] = [];
const server = createServer(({ headers }, response) => {
  told.push(headers.traceparent);
  response.setHeader('content-type', 'application/json').end('{"value":[]}');
});
let url = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

it('a trace goes with calls to the router and for work', async () => {
  const router = openJobRouter(
    { kind: 'accessKey', endpoint: url, key: 'aXQ=' },
    { clock: systemClock, traceparent: currentTraceparent },
  );
  const work = httpWorkCaller('a secret of these tests', systemClock);
  const end = new Date(systemClock.now().getTime() + 5_000);
  const request: WorkRequest = {
    url,
    rule: 'it',
    jobId: idFrom('job-1'),
    assignmentId: idFrom('assignment-1'),
    workerId: idFrom('worker-1'),
  };
  told.length = 0;
  await inTrace(parentOf(TRACE), async () => {
    await router.ping();
    await work.call(request, end);
  });
  await router.ping();
  expect(told).toEqual([parentOf(TRACE), parentOf(TRACE), undefined]);
});

it('what is no trace context changes nothing', () => {
  inTrace(parentOf(TRACE), () => inTrace('whatever', () => expect(currentTraceId()).toBe(TRACE)));
  expect(inTrace(undefined, currentTraceId)).toBeUndefined();
});

it.each([
  ['that of the event, where it names one', parentOf(OTHER), OTHER],
  ['that of its invocation, where the event names none', undefined, TRACE],
])('the log tells the trace: %s', async (_what, traceparent, expected) => {
  const raw = rawEvent({ event: 'RouterWorkerOfferIssued/cloudEvent.json' });
  const event = { ...z.looseObject({}).parse(raw), traceparent };
  const lines: LogLine[] = [];
  await inTrace(parentOf(TRACE), () =>
    handleRouterEvent(event, {
      functionName: 'receiveRouterEvents',
      app: testApp(),
      log: (line) => lines.push(line),
    }),
  );
  expect(lines.map(({ traceId }) => traceId)).toEqual([expected]);
});
