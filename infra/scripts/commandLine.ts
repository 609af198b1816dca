/** Runs Azure's command lines. What they print is read, never shown: it may hold keys. */
import { spawn } from 'node:child_process';
import { SetbackError } from './setbackError.ts';

/** Runs `az` with arguments and answers what it printed. */
export type Az = (args: readonly string[], environment?: Readonly<Record<string, string>>) => Promise<string>;

/** A command that ran and refused. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

/** Windows has these tools as .cmd files, which only its shell can start; none of our arguments holds a quote. */
const isWindows = process.platform === 'win32';
const quoted = (arg: string): string => (/[\s&?]/.test(arg) ? `"${arg}"` : arg);

/** @throws SetbackError where the command is not installed; CommandFailed with its own words where it refuses. */
export function runCommand(
  command: 'az' | 'azd',
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(command, isWindows ? args.map(quoted) : [...args], {
      env: { ...process.env, ...environment },
      shell: isWindows,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    let complained = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complained += text;
    });
    child.on('error', (cause) => failed(notInstalled(command, cause)));
    child.on('close', (code) => {
      if (code === 0) done(printed);
      else failed(new CommandFailed(complained.trim() || `${command} ${args[0]} ended with code ${code}`));
    });
  });
}

/** `az`, as the steps of this script call it. */
export const az: Az = (args, environment) => runCommand('az', args, environment);

function notInstalled(command: string, cause: Error): SetbackError {
  const page = command === 'az' ? 'https://aka.ms/install-azure-cli' : 'https://aka.ms/install-azd';
  return new SetbackError(`${command} could not be started: ${cause.message}`, `install it (${page})`, {
    cause,
  });
}
