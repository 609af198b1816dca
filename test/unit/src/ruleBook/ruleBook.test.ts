import { beforeEach, describe, expect, it } from 'vitest';
import { fixedRules, openRuleBook, type RuleBook } from '../../../../src/ruleBook/ruleBook.ts';
import type { RulesDocument } from '../../../../src/ruleBook/rulesReader.ts';
import { type FakeClock, fakeClock } from '../../../support/fakeClock.ts';

const document = (name: string) => JSON.stringify({ automation: { rules: [{ name }] } });

let clock: FakeClock;
let reports: string[];
let looks: number;
let source: () => Promise<RulesDocument | 'unchanged'>;
let book: RuleBook;

beforeEach(() => {
  clock = fakeClock('2026-03-02T09:00:00Z');
  reports = [];
  looks = 0;
  source = async () => ({ text: document('first'), version: '1' });
  const reader = {
    name: 'the document',
    looksAgainAfterSeconds: 30,
    read: () => {
      looks += 1;
      return source();
    },
  };
  book = openRuleBook(reader, { clock, report: (problem) => reports.push(problem) });
});

const inForce = async () => (await book.automation()).rules.map(({ name }) => name);
const pass = (seconds: number) => clock.wait(seconds * 1000);
const gone = () => Promise.reject(new Error('the disk is gone'));

describe('the rules in force', () => {
  it('are read when somebody asks first, and once by however many', async () => {
    expect(looks).toBe(0);
    expect(await Promise.all([inForce(), inForce(), inForce()])).toEqual(Array(3).fill(['first']));
    expect(looks).toBe(1);
  });

  it('are taken for current until a look is due', async () => {
    await inForce();
    source = async () => ({ text: document('second'), version: '2' });
    await pass(29);
    expect(await inForce()).toEqual(['first']);
    expect(looks).toBe(1);
    await pass(1);
    expect(await inForce()).toEqual(['second']);
    expect(looks).toBe(2);
  });

  it('stay where nothing has changed', async () => {
    await inForce();
    source = async () => 'unchanged';
    await pass(30);
    expect(await inForce()).toEqual(['first']);
    expect(book.problem()).toBeUndefined();
  });

  it('are not waited for longer than a second once they are known', async () => {
    await inForce();
    const { promise, resolve } = Promise.withResolvers<RulesDocument>();
    source = () => promise;
    await pass(30);
    const asked = inForce();
    clock.elapse(1000);
    expect(await asked).toEqual(['first']);
    resolve({ text: document('second') });
    await promise;
    await expect.poll(inForce).toEqual(['second']);
  });

  it('never change where they are the setting itself', async () => {
    const fixed = fixedRules({ rules: [], automatedWorkers: [] });
    expect(await fixed.automation()).toEqual({ rules: [], automatedWorkers: [] });
    expect(fixed.problem()).toBeUndefined();
  });
});

describe('new rules that are wrong or out of reach', () => {
  it.each([
    ['cannot be read', gone, 'the document cannot be read: the disk is gone'],
    ['are not JSON', async () => ({ text: '{' }), 'the document is not JSON'],
    ['are not rules', async () => ({ text: '{"automation":{"rules":[{}]}}' }), 'automation.rules[0].name'],
    ['are missing', async () => ({ text: '{"queues":[]}' }), 'automation: '],
  ])('leave the last good ones in force and are told once: %s', async (_what, broken, problem) => {
    await inForce();
    source = broken;
    for (let look = 0; look < 3; look += 1) {
      await pass(30);
      expect(await inForce()).toEqual(['first']);
    }
    expect(looks).toBe(4);
    expect(reports).toEqual([expect.stringContaining(problem)]);
    expect(book.problem()).toEqual({
      since: new Date('2026-03-02T09:00:30Z'),
      problem: expect.stringContaining(problem),
    });
  });

  it('are told again when something else is wrong, and forgotten when all is well', async () => {
    await inForce();
    source = gone;
    await pass(30);
    await inForce();
    source = async () => ({ text: '{' });
    await pass(30);
    await inForce();
    expect(reports).toHaveLength(2);
    source = async () => ({ text: document('mended') });
    await pass(30);
    expect(await inForce()).toEqual(['mended']);
    expect(book.problem()).toBeUndefined();
    source = gone;
    await pass(30);
    await inForce();
    expect(reports).toHaveLength(3);
  });

  it('are still wrong while they stay as they are', async () => {
    await inForce();
    source = async () => ({ text: '{', version: '2' });
    await pass(30);
    await inForce();
    source = async () => 'unchanged';
    await pass(30);
    await inForce();
    expect(book.problem()?.problem).toContain('is not JSON');
    expect(reports).toHaveLength(1);
  });
});

describe('an app that has no rules yet', () => {
  it('goes by none, and looks again a second later', async () => {
    source = gone;
    await expect(inForce()).rejects.toMatchObject({ name: 'RulesUnknownError', message: /the disk is gone/ });
    await expect(inForce()).rejects.toThrow('the disk is gone');
    expect(looks).toBe(1);
    source = async () => ({ text: document('first') });
    await pass(1);
    expect(await inForce()).toEqual(['first']);
    expect(looks).toBe(2);
  });
});
