/** The router and its Event Grid in a process of their own, and their controls over HTTP. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const MAIN = fileURLToPath(new URL('../emulator/main.ts', import.meta.url));
const CONNECTION_STRING = /^endpoint=(https?:\/\/[^;]+?)\/;accesskey=\S+$/m;

/**
 * Event Grid pauses for 12 hours at most. What is due later is the end of days without activity, which a soak of minutes
 * does not have.
 */
const LONGEST_PAUSE_MILLISECONDS = 13 * 3600 * 1000;

/** What is due within so short a time of each other, as repetitions with their jitter are, happens in one go. */
const TOGETHER_MILLISECONDS = 5_000;

const clockView = z.object({ now: z.iso.datetime(), nextDue: z.iso.datetime().optional() });

export interface EmulatorProcess {
  readonly connectionString: string;
  /** Shakes hands with `endpoint` and subscribes it; no types means all of them. */
  subscribe(name: string, endpoint: string, types?: readonly string[]): Promise<void>;
  /** What goes wrong from now on; undefined: nothing. */
  useFaults(plan: object | undefined): Promise<void>;
  /** Lets the time pass in which nothing would happen. Returns how much, in milliseconds. */
  skipToNextDue(): Promise<number>;
  deadLetters(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts `npm run emulator` on a free port and waits until it is ready. */
export async function startEmulator(seed: string): Promise<EmulatorProcess> {
  const child = spawn(
    process.execPath,
    [MAIN, 'emulator', '--port', '0', '--delays', 'none', '--seed', seed],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let printed = '';
  const connectionString = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`The emulator ended before it was ready:\n${printed}`)));
    child.stdout.on('data', (chunk) => {
      printed += String(chunk);
      const [line] = CONNECTION_STRING.exec(printed) ?? [];
      if (line !== undefined && /^ready$/m.test(printed)) resolve(line);
    });
  });
  const url = CONNECTION_STRING.exec(connectionString)?.[1] ?? '';

  async function control(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${url}/_emulator/${path}`, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} /_emulator/${path} answered ${answer.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  return {
    connectionString,
    async subscribe(name, endpoint, types) {
      await control('PUT', `subscriptions/${name}`, {
        endpoint,
        ...(types && { filter: { includedEventTypes: types } }),
      });
    },
    async useFaults(plan) {
      await control(plan ? 'PUT' : 'DELETE', 'faults', plan);
    },
    async skipToNextDue() {
      const clock = clockView.parse(await control('GET', 'clock'));
      const milliseconds = pauseIn(clock);
      if (milliseconds === 0) return 0;
      const from = new Date(Date.parse(clock.now) + milliseconds).toISOString();
      await control('POST', 'clock', { mode: 'system', from });
      return milliseconds;
    },
    async deadLetters() {
      const listed = z.object({ value: z.array(z.unknown()) });
      return listed.parse(await control('GET', 'dead-letters?limit=10000')).value.length;
    },
    async stop() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

/** How long nothing happens from now on, in milliseconds; 0 where nothing will for very long. */
function pauseIn({ now, nextDue }: z.infer<typeof clockView>): number {
  if (nextDue === undefined) return 0;
  const milliseconds = Math.max(0, Date.parse(nextDue) - Date.parse(now));
  return milliseconds > LONGEST_PAUSE_MILLISECONDS ? 0 : milliseconds + TOGETHER_MILLISECONDS;
}
