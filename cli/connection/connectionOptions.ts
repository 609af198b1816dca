/** Which router a command is about, in words. */
import type { Command } from 'commander';
import type { CommandOptions } from '../terminal/run.ts';

/** As they are given. What is not given is looked for in the environment. */
export interface ConnectionOptions extends CommandOptions {
  readonly connectionString?: string;
  readonly endpoint?: string;
  readonly emulator?: boolean;
}

/** The words that name the same router again. A key is not repeated. */
export const routerWords = ({ endpoint, emulator }: ConnectionOptions): string =>
  `${emulator ? ' --emulator' : ''}${endpoint === undefined ? '' : ` --endpoint ${endpoint}`}`;

/** Adds the options that name a router, and `--json`. */
export const onRouter = (command: Command): Command =>
  command
    .option('--connection-string <text>', 'of the resource; default: COMMUNICATION_CONNECTION_STRING')
    .option(
      '--endpoint <url>',
      'of the resource, reached with your identity (DefaultAzureCredential); default: COMMUNICATION_ENDPOINT',
    )
    .option('--emulator', 'the emulator on this machine: at --endpoint, http://127.0.0.1:7080 by default')
    .option('--json', 'print JSON');
