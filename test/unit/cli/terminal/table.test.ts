import { describe, expect, it } from 'vitest';
import { aligned, cell } from '../../../../cli/terminal/table.ts';

describe('a table', () => {
  it('has columns that begin below each other, and no spaces at the end of a line', () => {
    expect(
      aligned([
        ['ID', 'STATUS'],
        ['job-100', 'queued'],
        ['j', ''],
      ]),
    ).toEqual(['ID       STATUS', 'job-100  queued', 'j']);
  });

  it.each([
    [undefined, '-'],
    ['', ''],
    [[], '-'],
    [['a', 'b'], 'a, b'],
    [{ Skill: 10, Vip: true }, 'Skill=10, Vip=true'],
    [{}, '-'],
    ['red\u001b[31m', 'red\\u001b[31m'],
  ])('shows %j', (value, text) => {
    expect(cell(value)).toBe(text);
  });
});
