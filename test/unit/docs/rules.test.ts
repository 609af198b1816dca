/** docs/rules.md shows and lists what the schema of the rules knows. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { automatedWorkers, automation, automationRule } from '../../../src/automation/rules.ts';

const page = readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8');
const [, example = ''] = /```json\n([\s\S]+?)```/.exec(page) ?? [];
const named = [...page.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
);

it('shows a document that the app would take', () => {
  const document = z.object({ automation }).parse(JSON.parse(example));
  expect(document.automation.rules[0]?.when.hours?.timeZone).toBe('Europe/Berlin');
});

it('lists every member of a rule, of its conditions and of automated workers, and no other', () => {
  const { when, ...members } = automationRule.shape;
  const known = [
    ...Object.keys(members),
    'when',
    ...Object.keys(when.unwrap().shape),
    ...Object.keys(automatedWorkers.shape),
  ];
  expect([...new Set(named)].sort()).toEqual([...new Set(known)].sort());
});
