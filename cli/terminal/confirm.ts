import { createInterface } from 'node:readline/promises';
import { CommandFailed } from './commandFailed.ts';

/** What a person is asked before something is changed. */
export interface Question {
  /** Where people answer y or n. */
  readonly text: string;
  /** What they have to type instead, for what cannot be undone. */
  readonly typed?: string;
  /** They have said yes already. */
  readonly yes?: boolean;
}

/**
 * Whether a person agrees. Asked on stderr, so that stdout has nothing but the result.
 *
 * @throws CommandFailed where nobody can be asked.
 */
export async function isConfirmed({ text, typed, yes = false }: Question): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new CommandFailed({
      message:
        'Nothing was changed: this asks before it changes anything, and there is no terminal to ask at.',
      fix: 'look at what it would do, and run it again with --yes',
    });
  }
  const asked = typed === undefined ? `${text} [y/N] ` : `${text} Type ${typed} to go on: `;
  const answer = (await answerTo(asked)).trim();
  return typed === undefined ? /^y(es)?$/i.test(answer) : answer === typed;
}

/** Empty where the terminal is closed instead (Ctrl-D, Ctrl-C). */
async function answerTo(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    return await Promise.race([terminal.question(question), closed]);
  } finally {
    terminal.close();
  }
}
