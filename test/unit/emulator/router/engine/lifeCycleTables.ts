import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Fact } from '../../../../../emulator/router/engine/facts.ts';

const readme = readFileSync(
  new URL('../../../../../emulator/router/engine/README.md', import.meta.url),
  'utf8',
);

export interface Row {
  readonly from: string;
  readonly move: string;
  readonly to: string;
  readonly facts: string;
}

/** The rows of the tables in one section of the engine's README, without their headings. */
function cellsOf(section: string): readonly (readonly string[])[] {
  const [, text = ''] = readme.split(`\n## ${section}`);
  const [body = ''] = text.split('\n## ');
  return body
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('|---'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

export const movesOf = (section: string): readonly Row[] =>
  cellsOf(section).flatMap(([from = '', move = '', to = '', facts]) =>
    facts === undefined || from === 'From' ? [] : [{ from, move, to, facts }],
  );

/** Which failures an action may be refused with. */
export const refusalsOf = (section: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    cellsOf(section)
      .filter((cells) => cells.length === 2)
      .flatMap(([actions = '', failures = '']) =>
        actions.split(', ').map((action) => [action, codes(failures)]),
      ),
  );

/** What stands in backticks. */
export const codes = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, code]) => code ?? []);

/** The commands a move is made with; what follows "with", "of" and the like says when. */
export const commandsOf = (move: string): readonly string[] => move.match(/\b(?:[A-Z][a-z]+){2,}\b/g) ?? [];

/** Facts come in the order of the cell; those told "when" something, or "per" something, may be missing. */
export function expectFacts(facts: readonly Fact[], cell: string): void {
  const told = facts.map(({ type }) => type);
  const listed = cell === 'none' ? [] : cell.split(', ');
  const places = told.map((type) => listed.findIndex((entry) => entry.split(' ')[0] === type));
  expect(places, `${told} as ${cell}`).not.toContain(-1);
  expect(
    [...places].sort((a, b) => a - b),
    `the order of ${told}`,
  ).toEqual(places);
  const required = listed.filter((entry) => !entry.includes(' '));
  expect(told).toEqual(expect.arrayContaining(required));
}
