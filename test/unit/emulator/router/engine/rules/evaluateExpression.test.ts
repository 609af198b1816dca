import { describe, expect, it } from 'vitest';
import type { Scalar } from '../../../../../../emulator/router/engine/model/values.ts';
import { evaluateRule } from '../../../../../../emulator/router/engine/rules/evaluateRule.ts';
import { parseExpression } from '../../../../../../emulator/router/rules/parseExpression.ts';

const variables = {
  job: { Escalated: true, Region: 'NA', Level: 7, Text: '12', 'Some-Label': 'a "quoted" one', "It's": 1 },
  worker: { Skill: 3 },
};

const evaluate = (expression: string) =>
  evaluateRule({ kind: 'expression', language: 'powerFx', expression }, variables, { parseExpression });

describe('an expression', () => {
  it.each<[string, Scalar | undefined]>([
    ['If(job.Escalated = true, 10, 5)', 10],
    ['If(job.Hardware_VIP = true, 10, 1)', 1],
    ['If(job.Region = "EU", true, false)', false],
    ['job.Region = "NA"', true],
    ['job.Region = "na"', false],
    ['1 = 1', true],
    ['job.Level <> 7', false],
    ['job.Level >= 7 && job.Level <= 7', true],
    ['job.Level > 7 || job.Level < 7', false],
    ['job.Escalated And Not(job.Level > 8)', true],
    ['Not job.Escalated Or !job.Escalated', false],
    ['And(job.Escalated, true, job.Level)', true],
    ['Or(false, job.Nothing)', false],
    ['1 + 2 * 3 - 4 / 2', 5],
    ['(1 + 2) * -3', -9],
    ['job.Region & "-" & job.Level & job.Nothing', 'NA-7'],
    ['job.\'Some-Label\' = "a ""quoted"" one"', true],
    ["job.'It''s'", 1],
    ['job.Text + 1', 13],
    ['job.Text > 9', true],
    ['worker.Skill * 2', 6],
    ['If(job.Level > 9, "high", job.Level > 5, "middle", "low")', 'middle'],
    ['If(job.Level > 9, "high")', undefined],
    // What is missing is Blank.
    ['job.Nothing', undefined],
    ['job.Nothing = job.NothingEither', true],
    ['job.Nothing = ""', false],
    ['job.Nothing = 0', false],
    ['job.Nothing <> "NA"', true],
    ['job.Nothing < 1', true],
    ['job.Nothing + 1', 1],
    ['If(job.Nothing, 1, 2)', 2],
    ['"$text0 job.Level"', '$text0 job.Level'],
  ])('%s gives %j', (expression, value) => {
    expect(evaluate(expression)).toEqual({ ok: true, value });
  });

  it.each([
    ['job.Region = 1', '"NA" and 1 are of types that cannot be compared'],
    ['job.Level = "7"', '7 and "7" are of types that cannot be compared'],
    ['job.Region > 1', '"NA" is not a number'],
    ['job.Region + 1', '"NA" is not a number'],
    ['job.Level / 0', '7 is divided by zero'],
    ['If(job.Region, 1, 2)', '"NA" is neither true nor false'],
  ])('%s cannot be evaluated and says why', (expression, problem) => {
    expect(evaluate(expression)).toEqual({ ok: false, problem });
  });

  it('does not know a worker where a job is classified', () => {
    const rule = { kind: 'expression', language: 'powerFx', expression: 'worker.Skill' } as const;
    expect(evaluateRule(rule, { job: {} }, { parseExpression })).toEqual({
      ok: false,
      problem: 'There is no worker here, so worker.Skill means nothing',
    });
  });

  it('stops at the branch that is taken', () => {
    expect(evaluate('If(true, 1, job.Region + 1)')).toEqual({ ok: true, value: 1 });
    expect(evaluate('false && job.Region > 1')).toEqual({ ok: true, value: false });
  });
});

describe('the other rules of the engine', () => {
  it('give a constant, or the labels of the job', () => {
    const ports = { parseExpression };
    expect(evaluateRule({ kind: 'static', value: '2' }, variables, ports)).toEqual({ ok: true, value: '2' });
    expect(evaluateRule({ kind: 'directMap' }, variables, ports)).toEqual({ ok: true, value: variables.job });
  });
});
