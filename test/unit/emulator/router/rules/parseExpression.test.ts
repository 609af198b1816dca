import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../../../../emulator/router/rules/parseExpression.ts';

describe('reading an expression', () => {
  it.each([
    ['job["Region"] = "NA"', "job[...] is not supported; Power Fx reads job.'Some-Label'"],
    ['job.Region == "NA"', 'The operator == is not supported; Power Fx has = instead'],
    ['job.Region != "NA"', 'The operator != is not supported; Power Fx has <> instead'],
    ['job.A ? 1 : 2', 'The operator ?: is not supported; Power Fx has If'],
    ['"N" in job.Region', 'The operator in is not supported'],
    ['2 ^ 3', 'The operator ^ is not supported'],
    ['10 % 3', 'The operator % is not supported'],
    ['IsBlank(job.Region)', 'The function IsBlank is not supported'],
    ['if(job.A, 1, 2)', 'The function if is not supported'],
    ['If(job.A)', 'If needs a condition and a result'],
    ['[1, 2]', 'A table in brackets is not supported'],
    ['job.A; job.B', 'Chaining expressions with ; is not supported'],
    ['1 2', 'More than one expression stands where one is expected'],
    ['(1, 2)', 'More than one expression stands where one is expected'],
    ['1,', 'A comma stands where an expression is expected'],
    ['Region = "NA"', 'The name Region is not supported; labels are read as job.Label'],
    ["'Region' = 1", 'The name Region is not supported; labels are read as job.Label'],
    ['queue.Region = "NA"', 'The member of queue is not supported'],
    ['job.Region.Name', 'The member of an expression is not supported'],
    ['job.A = null', 'The name null is not supported; labels are read as job.Label'],
    ['job."Some-Label"', "A label's name is quoted as job.'Some-Label'"],
    ['"open', 'A text is not closed: a quotation mark is missing'],
    ["job.'open", 'A quoted name is not closed: an apostrophe is missing'],
    ['$text0', 'The character $ is not supported'],
    ['"a" + ', 'Expected expression after +'],
    ['(job.A', 'Unclosed ('],
    ['', 'The expression is empty'],
  ])('refuses %s and names the construct', (text, problem) => {
    expect(parseExpression(text)).toEqual({ ok: false, problem: `${problem}: ${text}` });
  });

  it('survives a text that is nested too deeply', () => {
    const text = `${'('.repeat(50_000)}1${')'.repeat(50_000)}`;
    expect(parseExpression(text)).toEqual({
      ok: false,
      problem: `The expression is nested too deeply: ${text}`,
    });
  });
});
