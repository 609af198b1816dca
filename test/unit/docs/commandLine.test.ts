import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flattened, treeOf } from '../../../cli/completion/commandTree.ts';
import { createProgram } from '../../../cli/program.ts';
import { referenceFile, withReference } from '../../../schemas/reference.ts';

const document = readFileSync(referenceFile, 'utf8');
const commands = flattened(treeOf(createProgram())).filter((node) => node.commands.length === 0);

describe('docs/command-line.md', () => {
  it('holds the help of every command as it is; after a change of one: npm run schemas', () => {
    expect(document).toBe(withReference(document));
  });

  it('tells what each command prints as JSON', () => {
    const printing = commands.filter(({ options }) => options.some(({ long }) => long === '--json'));
    const table = document.split('| Command | JSON |')[1]?.split('\n\n')[0] ?? '';
    expect(printing.length).toBeGreaterThan(15);
    for (const { words } of printing) {
      const [group = '', name] = words;
      expect(table, words.join(' ')).toMatch(
        name ? new RegExp(`^\\| .*${group}.*${name}`, 'm') : `\`${group}\``,
      );
    }
  });

  it('gives every command an example', () => {
    for (const { words } of commands) expect(document).toContain(`  npx job-router ${words.join(' ')}`);
  });
});
