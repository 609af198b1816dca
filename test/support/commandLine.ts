import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A run of the emulator suite's command line, as a person at a terminal would have it. */
export interface CommandRun {
  readonly process: ChildProcess;
  readonly lines: readonly string[];
  readonly errors: () => string;
  readonly exitCode: Promise<number | null>;
  /** Resolves with the first line that matches; rejects when the command ends without it. */
  line(pattern: RegExp): Promise<string>;
}

/** Starts the built emulator suite with the given words; `onLine` sees each line as it is printed. */
export function startCommand(
  words: readonly string[],
  onLine: (line: string) => void = () => {},
): CommandRun {
  const child = spawn(process.execPath, ['dist/emulator.cjs', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const waiting = new Set<(line: string) => void>();
  let errors = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    onLine(line);
    for (const look of waiting) look(line);
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));

  return {
    process: child,
    lines,
    errors: () => errors,
    exitCode,
    line(pattern) {
      return new Promise((resolve, reject) => {
        const look = (line: string) => pattern.test(line) && resolve(line);
        for (const line of lines) look(line);
        waiting.add(look);
        exitCode.then((code) => reject(new Error(`Ended with ${code} before ${pattern}: ${errors}`)));
      });
    },
  };
}
