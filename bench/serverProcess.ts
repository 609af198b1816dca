import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';

export interface ServerProcess {
  /** From spawn until it answered, in milliseconds. */
  readonly readyAfter: number;
  readonly url: string;
  /** Resident memory, now. */
  megabytes(): number;
  stop(): Promise<void>;
}

/** Starts a Node program; `readUrl` is given all it has printed so far and finds the address once it is ready. */
export async function startServer(
  args: readonly string[],
  readUrl: (output: string) => string | undefined,
): Promise<ServerProcess> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await urlOf(child, readUrl);
  return {
    readyAfter: performance.now() - start,
    url,
    megabytes: () =>
      Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })) / 1024,
    async stop() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

function urlOf(child: ChildProcess, readUrl: (output: string) => string | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', () => reject(new Error(`The server ended before it was ready:\n${output}`)));
    // Read to the end, so that what it prints later cannot fill the pipe.
    child.stdout?.on('data', (chunk) => {
      output += String(chunk);
      const url = readUrl(output);
      if (url) resolve(url);
    });
  });
}
