import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { secondsAfter } from './clock/instant.ts';
import { createSystemClock } from './clock/systemClock.ts';
import { type HostMessage, hostMessage } from './functionsHost/ipc.ts';

type Listening = Extract<HostMessage, { kind: 'listening' }>;
export type HostLogEntry = Extract<HostMessage, { kind: 'log' }>;

/** What a host that hangs, in an endless loop of the app's or because somebody stopped it, is given to end. */
const GRACE_SECONDS = 5;

/** Processes live in real time, whatever clock the emulator goes by. */
const clock = createSystemClock();

export interface HostProcessOptions {
  /** The folder that holds package.json and the built bundle. */
  readonly appRoot: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Wins over the variables of this process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly onLog: (entry: HostLogEntry) => void;
  /** Makes keys and asks for them, as Azure does. Default: no, as in Core Tools. */
  readonly functionKeys?: boolean;
}

/** A Functions host in a process of its own, with the app it runs. */
export interface HostProcess {
  readonly url: string;
  readonly pid: number;
  readonly functions: Listening['functions'];
  /** What callers have to bring; absent when nobody is asked for a key. */
  readonly keys?: NonNullable<Listening['keys']>;
  /** Settles when the process has ended, with a sentence about how. */
  readonly ended: Promise<string>;
  /** Asks the host to stop, kills it when it does not within five seconds, and waits until it has ended. */
  close(): Promise<void>;
}

/** Resolves once the host listens; rejects with the host's own explanation when it could not start. */
export function startHostProcess(options: HostProcessOptions): Promise<HostProcess> {
  // The same file from the sources and from the bundle in dist.
  const main = fileURLToPath(new URL('../emulator/functionsHost/main.ts', import.meta.url));
  const flags = options.functionKeys ? ['--function-keys'] : [];
  const child = fork(main, ['--root', options.appRoot, '--port', String(options.port), ...flags], {
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) =>
      resolve(`the Functions host (process ${child.pid}) ended with ${signal ?? `exit code ${code}`}`),
    );
  });

  return new Promise((resolve, reject) => {
    child.once('error', reject);
    ended.then((how) => reject(new Error(how)));
    child.on('message', (raw) => {
      const message = hostMessage.parse(raw);
      switch (message.kind) {
        case 'listening':
          return resolve({
            url: message.url,
            pid: child.pid ?? 0,
            functions: message.functions,
            ...(message.keys && { keys: message.keys }),
            ended,
            close: () => end(child, ended),
          });
        case 'log':
          return options.onLog(message);
        case 'failed':
          return reject(new Error(message.message));
        default:
          return message satisfies never;
      }
    });
  });
}

async function end(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGTERM');
  const forgetGrace = clock.at(secondsAfter(clock.now(), GRACE_SECONDS), () => void child.kill('SIGKILL'));
  await ended;
  forgetGrace();
}
