/** How a command is run: loaded when it is asked for, and ended by an exit code and words, never by a stack trace. */
import { CommandFailed, type Failure } from './commandFailed.ts';
import { printable } from './printable.ts';
import { errColors, remark, sayJson } from './say.ts';

/** What every command has. */
export interface CommandOptions {
  /** Prints JSON, and nothing else, on stdout. */
  readonly json?: boolean;
}

/** A command: its arguments, its options, and the exit code it answers. */
export type CommandRun<Args extends unknown[], Options extends CommandOptions> = (
  ...given: [...Args, Options]
) => Promise<number>;

/** The action of a command. Its module is loaded here, so that help and completion do not wait for it. */
export const run =
  <Args extends unknown[], Options extends CommandOptions>(
    load: () => Promise<CommandRun<Args, Options>>,
  ): ((...given: [...Args, Options]) => Promise<void>) =>
  async (...given) => {
    try {
      const command = await load();
      process.exitCode = await command(...given);
    } catch (problem) {
      // Commander gives the options after the arguments, and itself behind them.
      tell(failureOf(problem), given.some(asksForJson));
      process.exitCode = 1;
    }
  };

const asksForJson = (given: unknown): boolean =>
  typeof given === 'object' && given !== null && 'json' in given && given.json === true;

function failureOf(problem: unknown): Failure {
  if (problem instanceof CommandFailed) return problem.failure;
  return { message: problem instanceof Error ? problem.message : String(problem) };
}

/** Whoever asked for JSON reads it on stdout, this too. */
function tell(failure: Failure, inJson: boolean): void {
  if (inJson) {
    sayJson({ error: failure });
    return;
  }
  const { message, fix, faults = [] } = failure;
  for (const line of message.split(/\r?\n/)) remark(errColors.red(printable(line)));
  for (const { place, detail } of faults) {
    remark(
      place === ''
        ? `  ${printable(detail)}`
        : `  ${errColors.bold(printable(place))}\n      ${printable(detail)}`,
    );
  }
  if (fix !== undefined) remark(`Fix: ${printable(fix)}`);
}
