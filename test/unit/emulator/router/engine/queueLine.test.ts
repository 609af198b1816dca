import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Instant, instant } from '../../../../../emulator/clock/instant.ts';
import { idFrom, type JobId } from '../../../../../emulator/router/engine/ids.ts';
import { isUnassigned, type QueuedJob } from '../../../../../emulator/router/engine/job.ts';
import { createJob, enqueue } from '../../../../../emulator/router/engine/jobMoves.ts';
import { patchJob } from '../../../../../emulator/router/engine/jobPatch.ts';
import { QueueBoard } from '../../../../../emulator/router/engine/queueBoard.ts';
import { QueueLine } from '../../../../../emulator/router/engine/queueLine.ts';
import { goesBefore, placeOf, type QueuePlace } from '../../../../../emulator/router/engine/queuePlace.ts';
import { visitOf } from '../../../../../emulator/router/engine/queueVisit.ts';

interface Step {
  readonly isExpedited: boolean;
  readonly priority: number;
  readonly enqueuedAt: Instant;
  /** Takes the job out that was put in so many steps before, if it is still there. */
  readonly removes: number | null;
}

const queueId = idFrom<QueuePlace['queueId']>('queue-1');
const board = new QueueBoard(
  {
    kind: 'longestIdle',
    minConcurrentOffers: 1,
    maxConcurrentOffers: 1,
    bypassSelectors: false,
  },
  instant(0),
);

const everything = { has: () => true };

function queuedJob({ isExpedited: expedite, priority, enqueuedAt }: Step, creationNumber: number): QueuedJob {
  const selector = { key: 'Team', labelOperator: 'equal', value: 1, expedite } as const;
  const patch = { channelId: 'voice', queueId, priority, requestedWorkerSelectors: [selector] };
  const checked = patchJob(undefined, patch, enqueuedAt, {
    queues: everything,
    classificationPolicies: everything,
  });
  if ('problems' in checked) throw new Error(JSON.stringify(checked.problems));
  const id = idFrom<JobId>(`job-${creationNumber}`);
  const job = createJob(id, creationNumber, checked.content, enqueuedAt);
  if (!isUnassigned(job)) throw new Error(`A new job is ${job.state.status}`);
  return enqueue(job, enqueuedAt);
}

const placeFor = (step: Step, creationNumber: number): QueuePlace =>
  placeOf(queuedJob(step, creationNumber), board, visitOf(queueId, step.enqueuedAt, undefined));

const step: fc.Arbitrary<Step> = fc.record({
  isExpedited: fc.boolean(),
  priority: fc.constantFrom(-100, -1, 0, 1, 100),
  enqueuedAt: fc.nat(20).map(instant),
  removes: fc.option(fc.nat(10)),
});

it('goes by expedite, then by priority, then by seniority', () => {
  const step = { isExpedited: false, priority: 100, enqueuedAt: instant(5), removes: null };
  const older = { ...step, enqueuedAt: instant(1) };
  const expedited = { ...older, isExpedited: true, priority: -100 };
  const inTurn = [{ ...expedited, priority: -99 }, expedited, older, step, { ...older, priority: 99 }];
  const places = inTurn.map(placeFor);
  expect(places.toReversed().sort((a, b) => (goesBefore(a, b) ? -1 : 1))).toEqual(places);
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
