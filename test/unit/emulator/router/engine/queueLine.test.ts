import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Instant, instant } from '../../../../../emulator/clock/instant.ts';
import { idFrom } from '../../../../../emulator/router/engine/ids.ts';
import { QueueBoard } from '../../../../../emulator/router/engine/queueBoard.ts';
import { QueueLine } from '../../../../../emulator/router/engine/queueLine.ts';
import { goesBefore, type QueuePlace } from '../../../../../emulator/router/engine/queuePlace.ts';
import { visitOf } from '../../../../../emulator/router/engine/queueVisit.ts';
import { signatureOf } from '../../../../../emulator/router/engine/selectors.ts';

interface Step {
  readonly urgency: number;
  readonly enqueuedAt: Instant;
  /** Takes the job out that was put in so many steps before, if it is still there. */
  readonly removes: number | null;
}

const queueId = idFrom<QueuePlace['queueId']>('queue-1');
const board = new QueueBoard({
  kind: 'longestIdle',
  minConcurrentOffers: 1,
  maxConcurrentOffers: 1,
  bypassSelectors: false,
});

const placeFor = ({ urgency, enqueuedAt }: Step, creationNumber: number): QueuePlace => ({
  jobId: idFrom(`job-${creationNumber}`),
  queueId,
  board,
  signature: signatureOf('voice', []),
  urgency,
  enqueuedAt,
  creationNumber,
  isWaiting: false,
  declines: new Map(),
  visit: visitOf(queueId, enqueuedAt, undefined),
});

const step: fc.Arbitrary<Step> = fc.record({
  urgency: fc.integer({ min: -4, max: 4 }),
  enqueuedAt: fc.nat(20).map(instant),
  removes: fc.option(fc.nat(10)),
});

it('stands in the order of urgency and seniority, whoever comes and goes', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const line = new QueueLine();
      const places = steps.map(placeFor);
      const inLine = new Set<QueuePlace>();
      for (const [index, place] of places.entries()) {
        line.add(place);
        inLine.add(place);
        const removed = places[index - (steps[index]?.removes ?? Number.NaN)];
        if (removed && inLine.delete(removed)) line.remove(removed);
        const expected = [...inLine].sort((a, b) => (goesBefore(a, b) ? -1 : 1));
        expect([...line.inOrder()]).toEqual(expected);
        expect(expected.map((each) => line.positionOf(each))).toEqual(expected.map((_, rank) => rank + 1));
        expect([line.first, line.length]).toEqual([expected[0], expected.length]);
        const oldest = Math.min(...expected.map(({ enqueuedAt }) => enqueuedAt));
        expect(line.oldestEnqueuedAt()).toBe(expected.length > 0 ? oldest : undefined);
      }
    }),
    { seed: 20260302, numRuns: 60 },
  );
});
