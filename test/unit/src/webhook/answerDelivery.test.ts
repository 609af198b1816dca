import { expect, it } from 'vitest';
import * as z from 'zod';
import { automationRule } from '../../../../src/automation/rules.ts';
import type { JobRouter } from '../../../../src/jobRouter/jobRouter.ts';
import { refusal } from '../../../../src/jobRouter/readAnswer.ts';
import type { Outcome } from '../../../../src/outcome.ts';
import { answerDelivery, answerTo } from '../../../../src/webhook/answerDelivery.ts';
import { type FakeClock, fakeClock } from '../../../support/fakeClock.ts';
import { fakeJobRouter } from '../../../support/fakeJobRouter.ts';
import { rawEvent } from '../../../support/story.ts';
import { type TestApp, testApp } from '../../../support/testApp.ts';

const done: Outcome = { kind: 'done' };
const again = (retryAfterSeconds?: number): Outcome => ({
  kind: 'mustRetry',
  cause: 'busy',
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});
const answer = (...outcomes: Outcome[]) =>
  answerTo(outcomes.map((outcome, index) => ({ event: { id: `event-${index}` }, outcome })));

const offer = z.looseObject({}).parse(rawEvent({ event: 'RouterWorkerOfferIssued/voice.json' }));
const offers = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...offer, id: `event-${index}` }));
const rules = [automationRule.parse({ name: 'it', accept: 'auto' })];

/** A router whose accepts are answered by `accept`. */
function routerThat(
  clock: FakeClock,
  accept: JobRouter['acceptOffer'],
  until?: (end: Date) => void,
): JobRouter {
  const router: JobRouter = {
    ...fakeJobRouter({}, clock),
    until(end) {
      until?.(end);
      return router;
    },
    inLane: () => router,
    acceptOffer: accept,
  };
  return router;
}

const deliver = (content: unknown, app: TestApp) =>
  answerDelivery(content, { app, log: () => undefined, leaveToHost: () => undefined });

const lost = refusal(409, { code: '', message: '' });

it('a large batch is handled some events at a time, and answered in its order', async () => {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  let open = 0;
  let most = 0;
  const router = routerThat(clock, async () => {
    most = Math.max(most, ++open);
    await Promise.resolve();
    open--;
    return lost;
  });
  const { jsonBody } = await deliver(offers(100), testApp({ rules, router, clock }));
  expect(most).toBe(16);
  expect(jsonBody).toMatchObject({ events: offers(100).map(({ id }) => ({ id, outcome: 'lostRace' })) });
});

it('the events of a batch share the time in which Event Grid wants its answer', async () => {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const ends = new Set<string>();
  const router = routerThat(
    clock,
    async () => {
      clock.elapse(100);
      return lost;
    },
    (end) => ends.add(end.toISOString()),
  );
  await deliver(offers(100), testApp({ rules, router, clock }));
  expect(clock.now()).toEqual(new Date('2026-03-02T09:00:11Z'));
  expect(ends).toEqual(new Set(['2026-03-02T09:00:26.000Z']));
});

it('5,000 events of which the time suffices for some: the others are kept, and nothing comes again', async () => {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const router = routerThat(clock, async () => {
    clock.elapse(10);
    return lost;
  });
  const app = testApp({ rules, router, clock });
  const { status, jsonBody } = await deliver(offers(5_000), app);
  const { events } = z.object({ events: z.array(z.looseObject({ outcome: z.string() })) }).parse(jsonBody);
  const handled = events.filter(({ outcome }) => outcome === 'lostRace').length;
  expect(status).toBe(200);
  expect(handled).toBeGreaterThanOrEqual(2_500);
  expect(handled).toBeLessThan(2_520);
  expect(app.deferred).toHaveLength(5_000 - handled);
});

it('an event of a batch that must come again is kept for when the router wants it, and its neighbours are done', async () => {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const answers = [
    lost,
    { kind: 'unavailable', status: 429, retryAfterSeconds: 40, message: 'busy' } as const,
    { kind: 'unavailable', status: 503, message: 'down' } as const,
  ];
  const app = testApp({ rules, clock, router: routerThat(clock, async () => answers.shift() ?? lost) });
  const batch = offers(4);
  expect(await deliver(batch, app)).toMatchObject({
    status: 200,
    jsonBody: {
      events: [
        { outcome: 'lostRace' },
        { outcome: 'mustRetry', comesAgain: 'out of the queue deferred-work' },
        { outcome: 'mustRetry', comesAgain: 'out of the queue deferred-work' },
        { outcome: 'lostRace' },
      ],
    },
  });
  expect(app.deferred).toMatchObject([
    { deferral: { kind: 'event', event: batch[1], attempt: 1 }, notBefore: new Date('2026-03-02T09:00:41Z') },
    { deferral: { kind: 'event', event: batch[2], attempt: 1 }, notBefore: new Date('2026-03-02T09:00:11Z') },
  ]);
});

it('a single event that must come again is left to Event Grid', async () => {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const router = routerThat(clock, async () => ({ kind: 'unavailable', status: 503, message: 'down' }));
  const app = testApp({ rules, clock, router });
  expect(await deliver(offers(1), app)).toMatchObject({ status: 503 });
  expect(app.deferred).toEqual([]);
});

it('a batch whose stragglers cannot be kept comes again as a whole', async () => {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const router = routerThat(clock, async () => ({ kind: 'unavailable', status: 503, message: 'down' }));
  let puts = 0;
  const deferrals: TestApp['deferrals'] = {
    async put() {
      puts++;
      return { kind: 'unavailable', message: 'storage is away' };
    },
  };
  expect(await deliver(offers(500), testApp({ rules, clock, router, deferrals }))).toMatchObject({
    status: 503,
  });
  expect(puts).toBeLessThanOrEqual(64);
});

it('a batch whose stragglers the storage takes too slowly is answered in time, and comes again', async () => {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const router = routerThat(clock, async () => ({ kind: 'unavailable', status: 503, message: 'down' }));
  const deferrals: TestApp['deferrals'] = {
    async put() {
      clock.elapse(100);
      return { kind: 'kept' };
    },
  };
  expect(await deliver(offers(500), testApp({ rules, clock, router, deferrals }))).toMatchObject({
    status: 503,
  });
  expect(clock.now().getTime()).toBeLessThan(Date.parse('2026-03-02T09:00:31Z'));
});

it('a straggler that is too large for the storage does not keep its neighbours from being kept', async () => {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const router = routerThat(clock, async () => ({ kind: 'unavailable', status: 503, message: 'down' }));
  const puts: unknown[] = [];
  const deferrals: TestApp['deferrals'] = {
    async put(deferral) {
      return puts.push(deferral) === 1 ? { kind: 'tooLarge', message: 'large' } : { kind: 'kept' };
    },
  };
  const { status, jsonBody } = await deliver(offers(100), testApp({ rules, clock, router, deferrals }));
  expect({ status, puts: puts.length }).toEqual({ status: 503, puts: 100 });
  const { events } = z
    .object({ events: z.array(z.looseObject({ comesAgain: z.string().optional() })) })
    .parse(jsonBody);
  expect(events.filter(({ comesAgain }) => comesAgain === undefined)).toHaveLength(1);
});

it('an unreadable event in a batch is parked, and its neighbours are done', async () => {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const app = testApp({ rules, clock, router: routerThat(clock, async () => lost) });
  const [first, last] = offers(2);
  expect(await deliver([first, 'no event', last], app)).toMatchObject({
    status: 200,
    jsonBody: { events: [{ outcome: 'lostRace' }, { outcome: 'parked' }, { outcome: 'lostRace' }] },
  });
  expect(app.parkedEvents).toMatchObject([{ event: 'no event', function: 'receiveRouterEvents' }]);
});

it.each<[string, Outcome[], number, object | undefined]>([
  ['200 when every event is settled', [done, { kind: 'parked', reason: 'unreadable' }], 200, undefined],
  ['503 when one must come again', [done, again()], 503, undefined],
  ['503 with the longest time that was named', [again(2.5), again(1), again()], 503, { 'Retry-After': '3' }],
])('a delivery is answered %s', (_what, outcomes, status, headers) => {
  const given = answer(...outcomes);
  expect({ status: given.status, headers: given.headers }).toEqual({ status, headers });
});

it('the answer says of each event what kept it from being done', () => {
  expect(answer(done, { kind: 'lostRace', reason: 'gone' }, again()).jsonBody).toEqual({
    events: [
      { id: 'event-0', outcome: 'done', why: undefined },
      { id: 'event-1', outcome: 'lostRace', why: 'gone' },
      { id: 'event-2', outcome: 'mustRetry', why: 'busy' },
    ],
  });
});
