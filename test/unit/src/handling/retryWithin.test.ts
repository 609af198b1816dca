import { expect, it } from 'vitest';
import { endOfAnswerWindow } from '../../../../src/handling/answerWindow.ts';
import { retryWithin } from '../../../../src/handling/retryWithin.ts';
import type { Outcome } from '../../../../src/outcome.ts';
import { fakeClock } from '../../../support/fakeClock.ts';

const again = (retryAfterSeconds?: number): Outcome => ({
  kind: 'mustRetry',
  cause: 'busy',
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});
const done: Outcome = { kind: 'done' };

it.each<[string, Outcome[], number[], Outcome['kind']]>([
  ['does not wait after a success', [done], [], 'done'],
  ['does not wait after any other end', [{ kind: 'ignored', reason: 'no rule' }], [], 'ignored'],
  ['does not wait when no time is named', [again()], [], 'mustRetry'],
  ['waits as long as it is told', [again(2), again(3), done], [2, 3], 'done'],
  ['waits up to 15 s', [again(15), done], [15], 'done'],
  ['does not begin a wait that ends later', [again(16)], [], 'mustRetry'],
  ['counts all its waits together', [again(8), again(8)], [8], 'mustRetry'],
  ['waits a second where it is told none', [again(0), done], [1], 'done'],
  ['gives up on a router that always says none', Array(16).fill(again(0)), Array(15).fill(1), 'mustRetry'],
])('%s', async (_what, outcomes, waits, end) => {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const script = outcomes.values();
  const { outcome } = await retryWithin(clock, endOfAnswerWindow(clock.now()), async () => {
    const { value, done: isOver } = script.next();
    if (isOver) throw new Error('One attempt too many');
    return { outcome: value };
  });
  expect(outcome.kind).toBe(end);
  expect(clock.waits).toEqual(waits);
});
