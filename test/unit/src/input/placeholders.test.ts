// Placeholders look like those of JavaScript, and are texts here.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is what is tested
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolvePlaceholders, withoutPlaceholders } from '../../../../src/input/placeholders.ts';

const environment = { KEY: 's3cret', HOST: 'f.example', EMPTY: '', NESTED: '${env:KEY}' };
const filled = (text: string) => resolvePlaceholders(text, environment).value;

describe('a placeholder', () => {
  it.each([
    ['${env:KEY}', 's3cret'],
    ['https://${env:HOST}/api?code=${env:KEY}', 'https://f.example/api?code=s3cret'],
    ['${env:NOBODY:-fallback}', 'fallback'],
    ['${env:NOBODY:-}', ''],
    ['${env:EMPTY:-fallback}', 'fallback'],
    ['${env:KEY:-fallback}', 's3cret'],
    ['$${env:KEY}', '${env:KEY}'],
    ['$$${env:KEY}', '$${env:KEY}'],
    ['$KEY ${KEY} {env:KEY} $', '$KEY ${KEY} {env:KEY} $'],
    ['${env:NESTED}', '${env:KEY}'],
  ])('%s becomes %s', (text, expected) => {
    expect(filled(text)).toBe(expected);
  });

  it.each(['${env:}', '${env:A B}', '${env:9}', '${env:KEY', '${env:KEY:fallback}'])(
    'has a name and an end: %s',
    (text) => {
      expect(resolvePlaceholders({ a: [text] }, environment).unfilled).toEqual([
        { path: ['a', 0], expected: expect.stringContaining('a placeholder such as') },
      ]);
    },
  );

  it('without a value is told by name and place, and every one at once', () => {
    const { unfilled } = resolvePlaceholders(
      { a: '${env:X} ${env:Y}', b: { c: '${env:EMPTY}' } },
      environment,
    );
    expect(unfilled.map(({ path, expected }) => [path.join('.'), expected.split(' ')[1]])).toEqual([
      ['a', 'X'],
      ['a', 'Y'],
      ['b.c', 'EMPTY'],
    ]);
  });

  it('is looked for in values of any depth, not in names', () => {
    const { value, secrets } = resolvePlaceholders(
      { '${env:KEY}': [{ a: '${env:KEY}', b: 1, c: null }] },
      environment,
    );
    expect(value).toEqual({ '${env:KEY}': [{ a: 's3cret', b: 1, c: null }] });
    expect(secrets).toEqual(['s3cret']);
  });

  it('takes nothing that an environment merely inherits', () => {
    expect(resolvePlaceholders('${env:toString}', {}).unfilled).toHaveLength(1);
  });
});

it('a text that is freed of placeholders reads as itself', () => {
  const texts = fc
    .array(fc.constantFrom('$', '{', '}', 'env:', '${env:', 'KEY', ':-', 'x'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      expect(resolvePlaceholders(withoutPlaceholders(text), environment)).toEqual({
        value: text,
        secrets: [],
        unfilled: [],
      });
    }),
    { seed: 20_260_302, numRuns: 500 },
  );
});

it('many that are never closed cost little', () => {
  const text = '${env:'.repeat(150_000);
  expect(resolvePlaceholders(text, environment).unfilled.length).toBeGreaterThan(0);
});
