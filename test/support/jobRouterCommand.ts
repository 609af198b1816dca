/** `job-router` as a shell runs it, in a process of its own; and without one, for tests that run very many commands. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { vi } from 'vitest';
import { createProgram } from '../../cli/program.ts';

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

/** What a command came to. */
export interface CommandEnd {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

/** How a process is run. */
export interface ProcessMeans {
  readonly environment?: Readonly<Record<string, string>>;
  /** Nobody reads what it prints. */
  readonly isUnread?: boolean;
  /** Sees everything that has come on stderr, and may end the process. */
  readonly onError?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Variables of whoever runs the tests that commands would listen to. */
const { COMMUNICATION_CONNECTION_STRING, COMMUNICATION_ENDPOINT, FORCE_COLOR, NO_COLOR, ...calm } =
  process.env;

/** With pipes, and so without a terminal. */
export function jobRouterProcess(words: readonly string[], means: ProcessMeans = {}): Promise<CommandEnd> {
  const child = spawn(process.execPath, [MAIN, ...words], {
    env: { ...calm, ...means.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    means.onError?.(err, (signal) => child.kill(signal));
  });
  if (means.isUnread) for (const pipe of [child.stdout, child.stderr]) pipe.destroy();
  return new Promise((resolve) => child.once('close', (exitCode) => resolve({ exitCode, out, err })));
}

/** In this process: one at a time, and only with words that are right. */
export async function jobRouter(words: readonly string[]): Promise<CommandEnd> {
  const [out, err]: [string[], string[]] = [[], []];
  const into = (printed: string[], end: string) => (text: unknown) => printed.push(`${text}${end}`) > 0;
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(into(out, '\n')),
    vi.spyOn(console, 'error').mockImplementation(into(err, '\n')),
    vi.spyOn(process.stdout, 'write').mockImplementation(into(out, '')),
  ];
  const before = process.exitCode;
  try {
    await createProgram().parseAsync(words, { from: 'user' });
    return { exitCode: Number(process.exitCode), out: plain(out), err: plain(err) };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

/** Whoever runs the tests may have asked for colours. */
const plain = (printed: readonly string[]): string => stripVTControlCharacters(printed.join(''));
