import { expect, it } from 'vitest';
import type { Outcome } from '../../../../src/outcome.ts';
import { answerTo, deliverEach } from '../../../../src/webhook/receiveDelivery.ts';

const done: Outcome = { kind: 'done' };
const again = (retryAfterSeconds?: number): Outcome => ({
  kind: 'mustRetry',
  cause: 'busy',
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});
const answer = (...outcomes: Outcome[]) =>
  answerTo(outcomes.map((outcome, index) => ({ event: { id: `event-${index}` }, outcome })));

it('a large batch is handled some events at a time, and answered in its order', async () => {
  let open = 0;
  let most = 0;
  const delivered = await deliverEach(
    Array.from({ length: 100 }, (_, index) => ({ id: index })),
    async () => {
      most = Math.max(most, ++open);
      await Promise.resolve();
      open--;
      return done;
    },
  );
  expect(most).toBe(16);
  expect(delivered.map(({ event }) => event)).toEqual(
    Array.from({ length: 100 }, (_, index) => ({ id: index })),
  );
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
