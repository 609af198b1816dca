import { describe, expect, it } from 'vitest';
import { labelConditions, meetsLabels } from '../../../../src/automation/labelConditions.ts';

const labels = { skill: 11, language: 'en', isSenior: true, team: null, site: { city: 'Bonn' } };
const meets = (conditions: object): boolean => meetsLabels(labelConditions.parse(conditions), labels);

describe('labels meet', () => {
  it.each([
    [{}],
    [{ skill: 11 }],
    [{ skill: { equal: 11 } }],
    [{ skill: { notEqual: 12 } }],
    [{ skill: { lessThan: 12 } }],
    [{ skill: { lessThanOrEqual: 11 } }],
    [{ skill: { greaterThan: 10.9 } }],
    [{ skill: { greaterThanOrEqual: 11 } }],
    [{ skill: { greaterThanOrEqual: 10, lessThan: 12 } }],
    [{ language: { greaterThan: 'de' } }],
    [{ language: { lessThanOrEqual: 'en' } }],
    [{ isSenior: { notEqual: false } }],
    [{ missing: { notEqual: 1 } }],
    [{ team: { notEqual: 'a' }, site: { notEqual: 'b' } }],
  ])('%j', (conditions) => {
    expect(meets(conditions)).toBe(true);
  });
});

describe('labels do not meet', () => {
  it.each([
    [{ skill: '11' }],
    [{ Skill: 11 }],
    [{ skill: { notEqual: 11 } }],
    [{ skill: { lessThan: 11 } }],
    [{ skill: { greaterThan: 11 } }],
    [{ skill: { greaterThanOrEqual: 10, lessThan: 11 } }],
    [{ skill: { greaterThan: '10' } }],
    [{ language: { lessThan: 'EN' } }],
    [{ language: { greaterThan: 1 } }],
    [{ isSenior: { greaterThanOrEqual: true } }],
    [{ missing: 1 }],
    [{ missing: { equal: 1 } }],
    [{ missing: { lessThan: 1 } }],
    [{ missing: { greaterThanOrEqual: 0 } }],
    [{ toString: { equal: 'x' } }],
    [{ team: { lessThan: 1 } }],
    [{ skill: 11, language: 'de' }],
  ])('%j', (conditions) => {
    expect(meets(conditions)).toBe(false);
  });
});

it.each([
  [{ skill: {} }, 'expected at least one operator'],
  [{ skill: null }, 'expected a string, a number, a boolean, or at least one of equal, notEqual'],
  [{ skill: { over: 1 } }, 'Unrecognized key: "over"'],
  [{ skill: { equal: [1] } }, 'expected a string, a number, a boolean, or at least one of equal, notEqual'],
])('a condition %j is refused: %s', (conditions, problem) => {
  const { error } = labelConditions.safeParse(conditions);
  expect(error?.issues.map(({ message }) => message).join('; ')).toContain(problem);
});
