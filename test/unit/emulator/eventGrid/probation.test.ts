import { describe, expect, it } from 'vitest';
import { millisecondsAfter } from '../../../../emulator/clock/instant.ts';
import { createProbation, FAILURES_BEFORE_PROBATION } from '../../../../emulator/eventGrid/probation.ts';
import type { AttemptOutcome } from '../../../../emulator/eventGrid/retry.ts';
import type { NoAnswerReason } from '../../../../emulator/eventGrid/send.ts';
import { answer, subscribedWorld, WEBHOOK } from '../../../support/eventGridWorld.ts';
import { FACTS, NINE_AM } from '../../../support/routerFacts.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const answered = (status: number): AttemptOutcome => ({ kind: 'answered', status });
const unanswered = (reason: NoAnswerReason): AttemptOutcome => ({ kind: 'unanswered', reason, message: '' });

function failedTenTimes(outcome: AttemptOutcome) {
  const probation = createProbation();
  for (let count = 0; count < FAILURES_BEFORE_PROBATION; count += 1) {
    expect(probation.until(WEBHOOK, NINE_AM)).toBeUndefined();
    probation.note(WEBHOOK, outcome, NINE_AM);
  }
  return probation;
}

describe('an endpoint', () => {
  it.each<[string, AttemptOutcome, number | undefined]>([
    ['is busy (503)', answered(503), 10],
    ['asks for patience (429)', answered(429), 10],
    ['does not answer in time', unanswered('TimedOut'), 10],
    ['breaks the connection', unanswered('SocketError'), 30],
    ['is not found', answered(404), 300],
    ['has no address', unanswered('ResolutionError'), 300],
    ['does not know us', answered(401), 300],
    ['forbids it', answered(403), 300],
    ['fails otherwise', answered(500), undefined],
  ])('that ten times in a row %s is left alone as documented', (_, outcome, seconds) => {
    const until = seconds === undefined ? undefined : millisecondsAfter(NINE_AM, seconds * SECOND);
    const probation = failedTenTimes(outcome);
    expect(probation.until(WEBHOOK, NINE_AM)).toBe(until);
    if (until !== undefined) expect(probation.until(WEBHOOK, until)).toBeUndefined();
    expect(probation.until('https://another.example', NINE_AM)).toBeUndefined();
  });

  it('that succeeds once begins anew', () => {
    const probation = failedTenTimes(answered(404));
    probation.note(WEBHOOK, answered(200), NINE_AM);
    probation.note(WEBHOOK, answered(404), NINE_AM);
    expect(probation.until(WEBHOOK, NINE_AM)).toBeUndefined();
  });
});

describe('while an endpoint is on probation', () => {
  it('new events and retries wait, and all arrive when it is well again', async () => {
    let status = 404;
    const { eventGrid, clock, notifications } = await subscribedWorld(() => answer(status));
    for (let count = 0; count < 12; count += 1) eventGrid.publish({ ...FACTS.JobClosed, at: NINE_AM });
    await clock.advance(4 * MINUTE);
    expect(notifications()).toHaveLength(10);
    status = 200;
    await clock.advance(2 * MINUTE);
    expect(eventGrid.deliveries().filter(({ result }) => result === 'delivered')).toHaveLength(12);
  });

  it('an event may grow too old without ever having left', async () => {
    const { eventGrid, clock } = await subscribedWorld(() => answer(404), {
      retryPolicy: { eventTimeToLiveInMinutes: 1 },
    });
    for (let count = 0; count < 11; count += 1) eventGrid.publish({ ...FACTS.JobClosed, at: NINE_AM });
    await clock.advance(10 * MINUTE);
    expect(eventGrid.deadLetters().find(({ eventId }) => eventId === eventGrid.events()[10]?.id)).toEqual({
      subscription: 'all-events',
      eventId: eventGrid.events()[10]?.id,
      eventType: 'Microsoft.Communication.RouterJobClosed',
      deadLetterReason: 'TimeToLiveExceeded',
      deliveryAttempts: 0,
      lastDeliveryOutcome: 'Probation',
      publishTime: '2026-03-02T09:00:00.0000000Z',
      document: expect.not.objectContaining({ lastDeliveryAttemptTime: expect.anything() }),
    });
  });
});
