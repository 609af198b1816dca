import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bashScript } from '../../../../cli/completion/bash.ts';
import { flattened, treeOf } from '../../../../cli/completion/commandTree.ts';
import { fishScript } from '../../../../cli/completion/fish.ts';
import { zshScript } from '../../../../cli/completion/zsh.ts';
import { createProgram } from '../../../../cli/program.ts';

const tree = treeOf(createProgram());

/** What bash would offer after these words. */
function offered(...words: readonly string[]): readonly string[] {
  const script = `${bashScript(tree)}
COMP_WORDS=(job-router "$@"); COMP_CWORD=$(($#)); _job_router; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

describe('completion in bash', () => {
  it('offers the commands', () => {
    expect(offered('')).toEqual(tree.commands.map(({ words }) => words.join(' ')));
    expect(offered('jobs', 'c')).toEqual(['cancel', 'complete', 'close']);
  });

  it('offers the options of the command that was chosen', () => {
    expect(offered('plan', '--p')).toEqual(['--prune']);
    expect(offered('jobs', 'list', '--limit', '5', '--q')).toEqual(['--queue']);
  });

  it('offers what an option or an argument may be', () => {
    expect(offered('export', '--format', '')).toEqual(['yaml', 'json']);
    expect(offered('completion', 'z')).toEqual(['zsh']);
  });

  it('leaves files to the shell', () => {
    expect(offered('plan', '')).toEqual([]);
    expect(offered('plan', 'rout')).toEqual([]);
    expect(offered('plan', '--out', '')).toEqual([]);
  });
});

describe.each([
  ['zsh', zshScript],
  ['fish', fishScript],
])('completion in %s', (_, scriptOf) => {
  const script = scriptOf(tree);

  it('knows every command, and every option with what it means', () => {
    for (const { words, options } of flattened(tree)) {
      expect(script).toContain(words.join(' '));
      for (const { description, long } of options) {
        expect(script).toContain(long.replace(/^--/, ''));
        expect(script).toContain(description.split("'")[0]);
      }
    }
  });
});
