import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonText } from '../../../../src/input/jsonText.ts';

/** More than JSON.stringify has stack for. */
const DEEP = 200_000;
const arrays = (inner: string) => '['.repeat(DEEP) + inner + ']'.repeat(DEEP);
const objects = (inner: string) => '{"a":'.repeat(DEEP) + inner + '}'.repeat(DEEP);

it.each([
  ['arrays', arrays('')],
  ['objects', objects('{}')],
  ['arrays of several', arrays('1,"ä\\n",null,true,{"b":[],"__proto__":{}},-0.5')],
  ['objects of several', `{"first":1,"deep":${objects('"\\ud800"')},"last":[]}`],
])('%s that are too deep for JSON.stringify are written as they were read', (_what, text) => {
  expect(jsonText(JSON.parse(text)) === text).toBe(true);
});

it('writes whatever is not deep as JSON.stringify does', () => {
  const property = fc.property(fc.jsonValue(), (value) => {
    expect(jsonText(value)).toBe(JSON.stringify(value));
  });
  fc.assert(property, { seed: 5 });
});

it('writes what stands beside something deep as JSON.stringify does', () => {
  const beside = fc.array(fc.jsonValue(), { minLength: 30, maxLength: 30 });
  const deep: unknown = JSON.parse(arrays(''));
  const property = fc.property(beside, (values) => {
    const written = jsonText({ left: undefined, values, deep });
    expect(written.startsWith(`{"values":${JSON.stringify(values)},"deep":[`)).toBe(true);
  });
  fc.assert(property, { seed: 5, numRuns: 2 });
});
