import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/automation/decide.ts';
import { traitsIn } from '../../../../src/automation/jobTraits.ts';
import { automation } from '../../../../src/automation/rules.ts';
import { job } from '../../../../src/jobRouter/wire.ts';
import { waitingIn } from '../../../../src/reconciling/findings.ts';
import { createPatience, underWay } from '../../../../src/reconciling/patience.ts';

const at = (seconds: number) => new Date(Date.parse('2026-03-02T09:00:00Z') + seconds * 1000);
const assigned = job.parse({
  id: 'job-1',
  status: 'assigned',
  assignments: { a: { assignmentId: 'a', workerId: 'w', assignedAt: at(0).toISOString() } },
});

/** Why the assigned job is left alone so many seconds after its assignment. */
function whyLeft(rule: object, seconds: number): string | undefined {
  const rules = automation.parse({ rules: [{ name: 'it', complete: 'onAccept', ...rule }] });
  const [found] = waitingIn(assigned);
  if (found === undefined) throw new Error('An assigned job is a finding');
  const { event } = found;
  return underWay(decide(event, traitsIn(event, at(seconds)), rules, at(seconds)), event, rules, at(seconds));
}

const work = { url: 'https://work.example/', timeoutSeconds: 100 };

describe('work under way', () => {
  it.each([
    ['nothing where the rule completes at once', {}, 31, undefined],
    ['a completion that is not due', { completeAfterSeconds: 300 }, 299, 'its completion is not due yet'],
    [
      'a completion that has just been due',
      { completeAfterSeconds: 300 },
      359,
      'its completion is on its way',
    ],
    ['nothing once it is overdue by a minute', { completeAfterSeconds: 300 }, 360, undefined],
    ['work that may take so long', { work }, 159, 'its work is under way'],
    ['nothing once it should have been done', { work }, 160, undefined],
  ])('is %s', (_, rule, seconds, why) => {
    expect(whyLeft(rule, seconds)).toBe(why);
  });
});

describe('patience', () => {
  it('tries again after a minute, then after two, four, and an hour at most', () => {
    const patience = createPatience();
    const pauses: number[] = [];
    for (let now = 0, last = 0; pauses.length < 9; now += 10) {
      if (!patience.isDue('it', at(now))) continue;
      pauses.push(now - last);
      last = now;
      patience.tried('it', at(now));
    }
    expect(pauses).toEqual([0, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
  });

  it('forgets what is no longer there', () => {
    const patience = createPatience();
    patience.tried('gone', at(0));
    patience.tried('here', at(0));
    patience.forget(new Set(['here']));
    expect(patience.isDue('gone', at(1))).toBe(true);
    expect(patience.isDue('here', at(1))).toBe(false);
  });
});
