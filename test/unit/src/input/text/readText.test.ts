import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Format, formatNamed, readText } from '../../../../../src/input/text/readText.ts';

const problemsOf = (text: string, format?: Format) => {
  const read = readText(text, format);
  return read.kind === 'invalid' ? read.problems : [];
};

const placeOf = (text: string, path: readonly PropertyKey[]) => {
  const read = readText(text);
  return read.kind === 'read' ? read.placeOf(path) : undefined;
};

describe('JSON', () => {
  it.each([
    ['// routing\n{}', 1, 1],
    ['\n  /* routing */ {}', 2, 3],
  ])('has no comments: %j', (text, line, column) => {
    expect(problemsOf(text)).toMatchObject([
      { expected: expect.stringContaining('JSON has no comments'), line, column },
    ]);
  });

  it('is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), undefined, indent);
        // JSON.parse keeps a member of this name, and everybody after it would lose it.
        fc.pre(!text.includes('__proto__'));
        expect(readText(text, 'json')).toMatchObject({ kind: 'read', value: JSON.parse(text) });
      }),
      { seed: 20_260_302 },
    );
  });

  it('is refused where JSON.parse refuses it', () => {
    const texts = fc
      .tuple(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom('', ',', ':', '{', ']', '"', '\\', '1', 'x', ' '),
      )
      .map(
        ([json, at, sign]) =>
          `[${json.slice(0, at % (json.length + 1))}${sign}${json.slice((at % (json.length + 1)) + 1)}]`,
      );
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(!text.includes('__proto__'));
        const isJson = (() => {
          try {
            return JSON.parse(text) !== undefined;
          } catch {
            return false;
          }
        })();
        const repeats = problemsOf(text, 'json').some(({ expected }) => expected.includes('once'));
        if (!repeats) expect(readText(text, 'json').kind).toBe(isJson ? 'read' : 'invalid');
      }),
      { seed: 20_260_302, numRuns: 500 },
    );
  });

  it.each([
    ['{"a": 1,}', 'a name in double quotes', 1, 9],
    ['{"a" 1}', 'a colon', 1, 6],
    ['[1 2]', 'a comma or ]', 1, 4],
    ['{\n  "a": nul\n}', 'a name, a value or a sign', 2, 8],
    ['{"a": 1', 'more, for the text ends early', 1, 8],
    ['{} {}', 'nothing after its end', 1, 4],
    ['', 'more, for the text ends early', 1, 1],
  ])('says where it stops being JSON, and what was expected: %j', (text, expected, line, column) => {
    expect(problemsOf(text, 'json')).toEqual([
      { path: [], expected: `expected JSON: ${expected}`, line, column },
    ]);
  });

  it('may have each member of an object once, and every one that stands twice is told', () => {
    expect(problemsOf('{"a": 1, "a": 2,\n "b": [{"c": 1, "\\u0063": 2}]}')).toEqual([
      { path: ['a'], expected: 'expected each member once', line: 1, column: 10 },
      { path: ['b', 0, 'c'], expected: 'expected each member once', line: 2, column: 17 },
    ]);
  });
});

describe('YAML', () => {
  it('may have comments, anchors and merge keys', () => {
    const text = `
# shared by all
.channels: &voice { channelId: voice, capacityCostPerJob: 1 }
workers:
  - id: w # the first
    channels: [*voice, { <<: *voice, capacityCostPerJob: 2 }]
`;
    expect(readText(text)).toMatchObject({
      value: {
        workers: [{ channels: [{ capacityCostPerJob: 1 }, { channelId: 'voice', capacityCostPerJob: 2 }] }],
      },
    });
  });

  it('takes plain words and dates for texts, and JSON for YAML', () => {
    expect(readText('a: yes\nb: 2026-03-02T09:00:00Z\nc: 010\nd: {"e": [1]}')).toMatchObject({
      value: { a: 'yes', b: '2026-03-02T09:00:00Z', c: 10, d: { e: [1] } },
    });
  });

  it.each([
    ['a key that stands twice', 'a: 1\na: 2', /unique/, 2],
    ['a key that stands twice further in', 'a: [{ b: 1,\n  c: 2,\n  b: 3 }]', /unique/, 3],
    ['a tag of its own', 'a: !run ls', /tag/, 1],
    ['a tag that makes bytes', 'a: !!binary aGk=', /tag/, 1],
    ['a key that is no text', '? [a]\n: 1', /string/, 1],
    ['indentation by tabs', 'a:\n\t- b', /[Tt]abs/, 2],
    ['an end within quotes', 'a: "x', /quote/, 1],
  ])('is refused with %s', (_what, text, expected, line) => {
    expect(problemsOf(text, 'yaml')).toMatchObject([{ expected: expect.stringMatching(expected), line }]);
  });

  it('of many keys takes time by its length, and not by the square of it', () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `key-${index}: 1`).join('\n');
    const before = process.cpuUsage();
    expect(readText(`${text}\nkey-0: 2`, 'yaml')).toMatchObject({ kind: 'invalid' });
    const read = readText(text, 'yaml');
    if (read.kind === 'read') for (let index = 0; index < 20_000; index += 1) read.placeOf([`key-${index}`]);
    // In seconds of the processor, whoever else is busy: one where this was written, and ten by the square.
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(4);
  });

  it('is one document, with anchors that are there', () => {
    expect(problemsOf('a: 1\n---\na: 2')).toHaveLength(1);
    expect(problemsOf('a: *nobody')).toMatchObject([{ expected: expect.stringContaining('nobody') }]);
  });
});

describe('what is larger than anybody writes', () => {
  const nines = (letter: string) => Array(9).fill(letter).join(',');
  const bomb = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
    .map((letter, index, all) => `${letter}: &${letter} [${nines(index === 0 ? 'x' : `*${all[index - 1]}`)}]`)
    .join('\n');

  it.each([
    ['a text beyond a megabyte', `"${'x'.repeat(1_000_000)}"`, /bytes/],
    ['lists in lists, in JSON', '['.repeat(200_000), /32 values within each other/],
    ['lists in lists, in YAML', `a: ${'['.repeat(2_000)}`, /32 values within each other/],
    ['blocks in blocks', '- '.repeat(2_000), /32 values within each other/],
    ['aliases of aliases of aliases', bomb, /alias/i],
    ['an alias within itself', 'a: &a [*a]', /32 values within each other/],
    [
      'many aliases of much',
      `a: &a [${'1,'.repeat(2_000)}]\n${Array.from({ length: 200 }, (_, i) => `b${i}: *a`).join('\n')}`,
      /200000 values/,
    ],
  ])('is refused: %s', (_what, text, expected) => {
    expect(problemsOf(text)).toMatchObject([{ expected: expect.stringMatching(expected) }]);
  });
});

it('a member that JavaScript would swallow is refused', () => {
  expect(problemsOf('{"a": {"__proto__": {"b": 1}}}')).toMatchObject([{ path: ['a'] }]);
  expect(problemsOf('a:\n  __proto__: 1')).toMatchObject([{ path: ['a'], line: 1 }]);
});

it('a value is found where it stands, and one that is missing where it should', () => {
  expect(placeOf('{"a":\n  [1, {"b": 2}]}', ['a', 1, 'b'])).toEqual({ line: 2, column: 13 });
  expect(placeOf('{"a":\n  [1, {"b": 2}]}', ['a', 1, 'c'])).toEqual({ line: 2, column: 7 });
  expect(placeOf('a:\n  - 1\n  - b: 2', ['a', 1, 'b'])).toEqual({ line: 3, column: 5 });
  expect(placeOf('a:\n  - 1\n  - b: 2', ['a', 1, 'c'])).toEqual({ line: 3, column: 5 });
});

it('a byte order mark is no part of a text', () => {
  expect(readText('\uFEFF{"a":1}')).toMatchObject({ value: { a: 1 } });
  expect(readText('\uFEFFa: 1')).toMatchObject({ value: { a: 1 } });
});

it.each([
  ['routing.json', 'json'],
  ['a/b.YAML', 'yaml'],
  ['b.yml', 'yaml'],
  ['rules', undefined],
])('the name of a file tells its format: %s', (name, format) => {
  expect(formatNamed(name)).toBe(format);
});
