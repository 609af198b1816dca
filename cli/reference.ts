/** The reference of the command line, made from what every command says of itself. */
import type { Command } from 'commander';
import { createProgram } from './program.ts';

/** As wide as the lines of the other documents are long. */
const WIDTH = 110;

/** Markdown: a chapter for each command, with its help. */
export function commandReference(): string {
  const program = createProgram();
  return program.commands.flatMap((command) => chaptersOf(command, command.name())).join('\n');
}

function chaptersOf(command: Command, words: string): readonly string[] {
  if (command.commands.length > 0) {
    return command.commands.flatMap((inner) => chaptersOf(inner, `${words} ${inner.name()}`));
  }
  return [`### ${words}\n\n\`\`\`\n${helpOf(command)}\n\`\`\`\n`];
}

/** Everything that `--help` prints, what stands behind the options included. */
function helpOf(command: Command): string {
  const written: string[] = [];
  command.configureOutput({ getOutHelpWidth: () => WIDTH, writeOut: (text) => written.push(text) });
  command.outputHelp();
  return written.join('').trim();
}
