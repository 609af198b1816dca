/** The example of docs/routing-document.md is a document, and what it says of limits is so. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DEEPEST_VALUE, LONGEST_TEXT_BYTES } from '../../../src/input/text/limits.ts';
import { checkDocument } from '../../../src/routing/checks/checkDocument.ts';
import { readRoutingDocument } from '../../../src/routing/document/readRoutingDocument.ts';

const page = readFileSync(new URL('../../../docs/routing-document.md', import.meta.url), 'utf8');
const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
const environment = { PRIORITY_FUNCTION: 'https://f.example/api/priority', PRIORITY_KEY: 'key' };

it('the example can be read and has nothing that a check finds', () => {
  const read = readRoutingDocument(example, { environment });
  expect(read.kind === 'invalid' ? read.problems : []).toEqual([]);
  if (read.kind === 'read') expect(checkDocument(read.document)).toEqual({ problems: [], warnings: [] });
});

it('the limits are those that are kept', () => {
  expect(page).toContain(
    `texts beyond ${LONGEST_TEXT_BYTES / 1_000_000} MB, values more than ${DEEPEST_VALUE} deep`,
  );
});
