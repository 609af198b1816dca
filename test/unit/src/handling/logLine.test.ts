import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { App } from '../../../../src/composition.ts';
import { handleRouterEvent } from '../../../../src/handleRouterEvent.ts';
import type { LogLine } from '../../../../src/handling/logLine.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { rawEvent } from '../../../support/story.ts';
import { testApp } from '../../../support/testApp.ts';

async function lineAbout(raw: unknown, parts: Partial<App> = {}): Promise<LogLine> {
  const lines: LogLine[] = [];
  await handleRouterEvent(raw, {
    functionName: 'receiveRouterEvents',
    app: testApp(parts),
    attempt: 3,
    log: (line) => lines.push(line),
  });
  const [line, ...more] = lines;
  if (line === undefined || more.length > 0) throw new Error(`There are ${lines.length} lines`);
  return line;
}

const offer = rawEvent({ event: 'RouterWorkerOfferIssued/labelsOfEveryType.json' });

it('tells what a person looks for: event, subject, job, worker, attempt, lag and duration', async () => {
  const clock = fakeClock('2026-03-02T09:00:10Z');
  const automation = async () => {
    clock.elapse(1_500);
    return testApp().automation();
  };
  const event = { ...z.looseObject({}).parse(offer), id: 'event-1', eventTime: '2026-03-02T09:00:08Z' };
  expect(await lineAbout(event, { clock, automation })).toMatchObject({
    routerEvent: 'RouterWorkerOfferIssued',
    eventId: 'event-1',
    subject: expect.stringContaining('worker/'),
    jobId: 'job-2',
    workerId: 'worker-1',
    attempt: 3,
    lagMilliseconds: 2_000,
    durationMilliseconds: 1_500,
  });
});

describe('labels, which may say something about people', () => {
  it('are told nowhere', async () => {
    const line = await lineAbout(offer);
    expect(line.labels).toBeUndefined();
    expect(JSON.stringify(line)).not.toMatch(/Mixed Case Value|A-17|XL/);
  });

  it('are told by whom they are of, where they are asked for', async () => {
    const { labels } = await lineAbout(offer, { logsLabels: true });
    expect(labels?.job).toEqual(dataOf(offer).jobLabels);
    expect(labels?.worker).toEqual(dataOf(offer).workerLabels);
    const { labels: ofJob } = await lineAbout(rawEvent({ event: 'RouterJobCancelled/voice.json' }), {
      logsLabels: true,
    });
    expect(ofJob?.job).toBeDefined();
    expect(ofJob?.worker).toBeUndefined();
  });
});

const anyLabels = z.record(z.string(), z.unknown()).default({});
const dataOf = (raw: unknown) =>
  z.object({ data: z.object({ jobLabels: anyLabels, workerLabels: anyLabels }) }).parse(raw).data;
