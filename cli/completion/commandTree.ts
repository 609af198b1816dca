/** The commands as data, for whoever writes something from them: completion scripts, the reference. */
import type { Command, Option } from 'commander';

/** An option as it is typed. */
export interface OptionWord {
  readonly long: string;
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** A command, or a group of them. */
export interface CommandNode {
  /** Its words, without `job-router`; empty for all of it. */
  readonly words: readonly string[];
  readonly description: string;
  readonly options: readonly OptionWord[];
  /** What its first argument may be, where that is a choice. */
  readonly choices: readonly string[];
  readonly commands: readonly CommandNode[];
}

/** A command with all that is below it. */
export function treeOf(command: Command, words: readonly string[] = []): CommandNode {
  const help = command.createHelp();
  return {
    words,
    description: command.description(),
    options: help.visibleOptions(command).map(optionWord),
    choices: command.registeredArguments[0]?.argChoices ?? [],
    commands: command.commands.map((inner) => treeOf(inner, [...words, inner.name()])),
  };
}

/** A command and all below it, each before what is in it. */
export const flattened = (node: CommandNode): readonly CommandNode[] => [
  node,
  ...node.commands.flatMap(flattened),
];

const optionWord = ({ long, description, required, optional, argChoices }: Option): OptionWord => ({
  long: long ?? '',
  description,
  takesValue: required || optional,
  choices: argChoices ?? [],
});
