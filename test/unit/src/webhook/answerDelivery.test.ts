import { expect, it } from 'vitest';
import * as z from 'zod';
import { automationRule } from '../../../../src/automation/rules.ts';
import type { JobRouter } from '../../../../src/jobRouter/jobRouter.ts';
import { refusal } from '../../../../src/jobRouter/readAnswer.ts';
import type { Outcome } from '../../../../src/outcome.ts';
import { answerDelivery, answerTo } from '../../../../src/webhook/answerDelivery.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { fakeJobRouter } from '../../../support/fakeJobRouter.ts';
import { rawEvent } from '../../../support/story.ts';

const done: Outcome = { kind: 'done' };
const again = (retryAfterSeconds?: number): Outcome => ({
  kind: 'mustRetry',
  cause: 'busy',
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});
const answer = (...outcomes: Outcome[]) =>
  answerTo(outcomes.map((outcome, index) => ({ event: { id: `event-${index}` }, outcome })));

const offer = z.looseObject({}).parse(rawEvent({ event: 'RouterWorkerOfferIssued/voice.json' }));
const offers = Array.from({ length: 100 }, (_, index) => ({ ...offer, id: `event-${index}` }));
const rules = [automationRule.parse({ name: 'it', accept: 'auto' })];

it('a large batch is handled some events at a time, and answered in its order', async () => {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  let open = 0;
  let most = 0;
  const asked: JobRouter = {
    ...fakeJobRouter({}, clock),
    until: () => asked,
    async acceptOffer() {
      most = Math.max(most, ++open);
      await Promise.resolve();
      open--;
      return refusal(409, { code: '', message: '' });
    },
  };
  const { response } = await answerDelivery(offers, { rules, router: asked, clock }, () => undefined);
  expect(most).toBe(16);
  expect(response.jsonBody).toMatchObject({ events: offers.map(({ id }) => ({ id, outcome: 'lostRace' })) });
});

it('the events of a batch share the time in which Event Grid wants its answer', async () => {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const ends: Date[] = [];
  const asked: JobRouter = {
    ...fakeJobRouter({}, clock),
    until(end) {
      ends.push(end);
      return asked;
    },
    async acceptOffer() {
      clock.elapse(100);
      return refusal(409, { code: '', message: '' });
    },
  };
  await answerDelivery(offers, { rules, router: asked, clock }, () => undefined);
  expect(clock.now()).toEqual(new Date('2026-03-02T09:00:11Z'));
  expect(new Set(ends.map((end) => end.toISOString()))).toEqual(new Set(['2026-03-02T09:00:26.000Z']));
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
