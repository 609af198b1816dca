import { describe, expect, it } from 'vitest';
import { defaultScore } from '../../../../../emulator/router/engine/bestWorkerScore.ts';
import type { LabelOperator } from '../../../../../emulator/router/engine/model/selectors.ts';
import type { Scalar } from '../../../../../emulator/router/engine/model/values.ts';

const selector = (key: string, labelOperator: LabelOperator, value: Scalar) => ({
  key,
  labelOperator,
  value,
});

describe('the default score', () => {
  const sale = [
    selector('language', 'equal', 'french'),
    selector('sales', 'greaterThanOrEqual', 10),
    selector('cost', 'lessThanOrEqual', 10),
  ];

  it.each([
    ['meets every selector exactly', { language: 'french', sales: 10, cost: 10 }, '0.667'],
    ['exceeds one by half', { language: 'french', sales: 15, cost: 10 }, '0.707'],
    ['stays below one by a tenth', { language: 'french', sales: 10, cost: 9 }, '0.675'],
  ])('is the documented one for a worker who %s', (_, labels, printed) => {
    expect(defaultScore(labels, {}, sale).toFixed(3)).toBe(printed);
  });

  it.each([
    [{ language: 'english', department: 'sales' }, 1],
    [{ language: 'english' }, 0.5],
    [{ language: 'english', department: 'support' }, 0.5],
  ])('of labels %j is the share of the job labels they match', (labels, score) => {
    expect(defaultScore(labels, { language: 'english', department: 'sales' }, [])).toBe(score);
  });

  it.each([
    [{ department: 'billing', segment: 'vip' }, 0.5],
    [{ department: 'billing' }, 1],
    [{ department: 'sales', segment: 'new' }, 0.5],
  ])('of %j against selectors of equality is the share of those that hold', (labels, score) => {
    const selectors = [selector('department', 'equal', 'billing'), selector('segment', 'notEqual', 'vip')];
    expect(defaultScore(labels, {}, selectors)).toBe(score);
  });

  it('is the mean of both parts for a job with labels and selectors', () => {
    const labels = { language: 'french', sales: 10 };
    const selectors = [selector('sales', 'greaterThan', 10)];
    expect(defaultScore(labels, { language: 'french', city: 'Paris' }, selectors)).toBe((0.5 + 0.5) / 2);
  });

  it('of a job that asks for nothing is 0 for everyone', () => {
    expect(defaultScore({ a: 1 }, {}, [])).toBe(0);
  });

  it.each([
    ['a missing label', {}, selector('level', 'greaterThan', 5), 0],
    ['a text', { level: 'b' }, selector('level', 'greaterThan', 'a'), 1],
    ['a selector value of 0', { level: 0 }, selector('level', 'greaterThanOrEqual', 0), 0.5],
  ])('does not stumble over %s', (_, labels, condition, score) => {
    expect(defaultScore(labels, {}, [condition])).toBe(score);
  });
});
