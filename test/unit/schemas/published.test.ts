import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { folder, published, textOf } from '../../../schemas/published.ts';

it('docs/schemas holds the published schemas, and nothing else', () => {
  expect(readdirSync(folder).toSorted()).toEqual(Object.keys(published).toSorted());
});

it.each(Object.entries(published))(
  'docs/schemas/%s is what the code reads by; `npm run schemas` writes it anew',
  (file, schema) => {
    expect(readFileSync(new URL(file, folder), 'utf8')).toBe(textOf(schema()));
  },
);
