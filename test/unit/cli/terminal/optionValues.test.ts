import { describe, expect, it } from 'vitest';
import { id, instant, owner, pair } from '../../../../cli/terminal/optionValues.ts';
import { wholeNumberOption } from '../../../../emulator/wholeNumberOption.ts';

describe('name=value', () => {
  it.each([
    ['Skill=10', ['Skill', 10]],
    ['Skill=-1.5', ['Skill', -1.5]],
    ['Vip=true', ['Vip', true]],
    ['Language=EN', ['Language', 'EN']],
    ['Zip="0123"', ['Zip', '0123']],
    ['Zip=0123', ['Zip', '0123']],
    ['Query=a=b', ['Query', 'a=b']],
    ['Empty=', ['Empty', '']],
  ])('reads %s', (text, read) => {
    expect(pair(text)).toEqual([read]);
  });

  it.each(['Skill', '=10', ''])('refuses %j', (text) => {
    expect(() => pair(text)).toThrow('Give name=value');
  });

  it('collects', () =>
    expect(pair('b=2', pair('a=1'))).toEqual([
      ['a', 1],
      ['b', 2],
    ]));
});

describe('ids, numbers and times', () => {
  it.each(['', '.', '..', 'a:b', 'x'.repeat(513)])('refuse the id %j', (text) => {
    expect(() => id(text)).toThrow('An id has');
  });

  it.each(['0', '11', '1.5', '', 'x', '1e3'])('refuse the number %j between 1 and 10', (text) => {
    expect(() => wholeNumberOption(1, 10)(text)).toThrow('from 1 to 10');
  });

  it('take a time with its offset only', () => {
    expect(instant('2026-03-02T10:00:00+01:00').toISOString()).toBe('2026-03-02T09:00:00.000Z');
    for (const text of ['2026-03-02', '2026-03-02T09:00:00', 'tomorrow', '2026-13-02T09:00:00Z']) {
      expect(() => instant(text)).toThrow('with its offset');
    }
  });
});

describe('an owner', () => {
  it('is called as a document may be', () => expect(owner('team-a.voice')).toBe('team-a.voice'));

  it.each(['', 'a b', 'a]', '-a', 'x'.repeat(65)])('is not called %j', (text) => {
    expect(() => owner(text)).toThrow('An owner has');
  });
});
