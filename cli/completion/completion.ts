/** `job-router completion`. */
import type { Command } from 'commander';
import type { CommandOptions } from '../terminal/run.ts';
import { say } from '../terminal/say.ts';
import { bashScript } from './bash.ts';
import { type CommandNode, treeOf } from './commandTree.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

type Shell = 'bash' | 'zsh' | 'fish';

const scripts: Readonly<Record<Shell, (tree: CommandNode) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** Prints the script for a shell. */
export const completionOf =
  (program: Command) =>
  async (shell: Shell, _: CommandOptions): Promise<number> => {
    say(scripts[shell](treeOf(program)));
    return 0;
  };
