import { expect, it } from 'vitest';
import { idUnderKey, markOf, repeatable, submittedBy } from '../../../../../src/http/jobs/idempotency.ts';

const request = repeatable('key', 'ada', { a: 1, b: { c: [1, 2], d: null } });

it('makes an id of version 8 for each place of each key of each caller', () => {
  const keys = [request, repeatable('key', 'bob', {}), repeatable('other', 'ada', {})];
  const ids = keys.flatMap((key) => Array.from({ length: 1_000 }, (_, index) => idUnderKey(key, index)));
  expect(new Set(ids).size).toBe(3_000);
  for (const id of ids)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(idUnderKey(repeatable('key', 'ada', 'other body'), 7)).toBe(ids[7]);
});

it('knows its own job, whatever the order of the members that asked for it', () => {
  const again = repeatable('key', 'ada', { b: { d: null, c: [1, 2] }, a: 1 });
  expect(submittedBy(again, { id: 'job-1', tags: { other: 1, ...markOf(request) } })).toBe('thisOne');
});

it.each([
  { a: 1, b: { c: [2, 1], d: null } },
  { a: 1, b: { c: [1, 2] } },
  { a: '1', b: { c: [1, 2], d: null } },
  [],
])('takes %j for another body', (body) => {
  const other = repeatable('key', 'ada', body);
  expect(submittedBy(other, { id: 'job-1', tags: markOf(request) })).toBe('otherBody');
});

it('knows nothing of jobs without its mark', () => {
  for (const tags of [undefined, {}, { 'automation.idempotency': 7 }, markOf(repeatable('key', 'bob', {}))]) {
    expect(submittedBy(request, { id: 'job-1', tags })).toBe('unknown');
  }
});
