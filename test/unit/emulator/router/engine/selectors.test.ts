import { describe, expect, it } from 'vitest';
import type { LabelOperator } from '../../../../../emulator/router/engine/model/selectors.ts';
import type { Scalar } from '../../../../../emulator/router/engine/model/values.ts';
import { satisfies, signatureOf } from '../../../../../emulator/router/engine/selectors.ts';

describe('a selector', () => {
  const operators: readonly LabelOperator[] = [
    'equal',
    'notEqual',
    'lessThan',
    'lessThanOrEqual',
    'greaterThan',
    'greaterThanOrEqual',
  ];

  it.each<[string, Scalar | undefined, Scalar | undefined, readonly LabelOperator[]]>([
    ['a smaller number', 9, 10, ['notEqual', 'lessThan', 'lessThanOrEqual']],
    ['the same number', 10, 10, ['equal', 'lessThanOrEqual', 'greaterThanOrEqual']],
    ['a larger number', 11, 10, ['notEqual', 'greaterThan', 'greaterThanOrEqual']],
    ['an earlier text', 'a', 'b', ['notEqual', 'lessThan', 'lessThanOrEqual']],
    ['the same text', 'b', 'b', ['equal', 'lessThanOrEqual', 'greaterThanOrEqual']],
    ['a text in another case', 'B', 'b', ['notEqual', 'lessThan', 'lessThanOrEqual']],
    ['the same boolean', true, true, ['equal']],
    ['the other boolean', false, true, ['notEqual']],
    ['a text that looks like the number', '10', 10, ['notEqual']],
    ['a number where a boolean is asked for', 1, true, ['notEqual']],
    ['no label', undefined, 10, ['notEqual']],
    ['a label where no value is given', 10, undefined, ['notEqual']],
  ])('meets %s and holds for the right operators', (_, label, value, holding) => {
    const found = operators.filter((labelOperator) =>
      satisfies(label, { labelOperator, ...(value !== undefined && { value }) }),
    );
    expect(found).toEqual(holding);
  });
});

describe('a signature', () => {
  const skill = {
    key: 'skill',
    labelOperator: 'greaterThan',
    value: 10,
    expedite: false,
    status: 'active',
  } as const;
  const language = {
    key: 'language',
    labelOperator: 'equal',
    value: 'en',
    expedite: false,
    status: 'active',
  } as const;

  it('does not depend on the order of the selectors', () => {
    expect(signatureOf('voice', [skill, language]).key).toBe(signatureOf('voice', [language, skill]).key);
  });

  it('is shared by jobs that differ in expediting only', () => {
    expect(signatureOf('voice', [{ ...skill, expedite: true }]).key).toBe(signatureOf('voice', [skill]).key);
  });

  it.each([
    ['channel', signatureOf('chat', [skill])],
    ['value', signatureOf('voice', [{ ...skill, value: 11 }])],
    ['type of the value', signatureOf('voice', [{ ...skill, value: '10' }])],
    ['operator', signatureOf('voice', [{ ...skill, labelOperator: 'lessThan' }])],
    ['number of selectors', signatureOf('voice', [skill, language])],
  ])('tells jobs apart by %s', (_, other) => {
    expect(other.key).not.toBe(signatureOf('voice', [skill]).key);
  });
});
