import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readQuery } from '../../../../src/http/readQuery.ts';

const schema = z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') });
const read = (query: string) => readQuery({ query: new URLSearchParams(query) }, schema);

describe('the query of a request', () => {
  it('is what its schema reads, the key of the host aside', () => {
    expect(read('code=key&clientId=default&dryRun=true')).toEqual({
      kind: 'read',
      value: { dryRun: 'true' },
    });
  });

  it.each([
    ['a wrong value', 'dryRun=yes', 'dryRun', /"yes"/],
    ['an empty value', 'dryRun=', 'dryRun', /""/],
    ['a name that is misspelt', 'dryrun=true', 'dryrun', /not a member/],
    ['a name out of the prototype', '__proto__=true', '__proto__', /not a member/],
    ['two values', 'dryRun=true&dryRun=true', 'dryRun', /more than once/],
  ])('is refused for %s, with the name', (_, query, parameter, detail) => {
    expect(read(query)).toMatchObject({
      problem: { name: 'invalidQuery', errors: [{ parameter, detail: expect.stringMatching(detail) }] },
    });
  });
});
