/** Azurite's queue service as a process of its own: real storage queues on this machine, kept in memory. */
import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { secondsAfter } from './clock/instant.ts';
import { createSystemClock } from './clock/systemClock.ts';

/** The account and key that Azurite is shipped with, published in its documentation. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Makes it end when whoever started it lets go of it or is gone, however that ended. */
const END_WITH_PARENT = "data:text/javascript,process.on('disconnect', () => process.exit())";

/** It starts within a second or two. */
const PATIENCE_SECONDS = 20;

/** Processes live in real time, whatever clock the emulator goes by. */
const clock = createSystemClock();

export interface Azurite {
  readonly url: string;
  /** What an app writes into AzureWebJobsStorage. */
  readonly connectionString: string;
  close(): Promise<void>;
}

/** The connection string of an account like Azurite's whose queues are at `url`. */
export const connectionStringOf = (url: string): string =>
  `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};QueueEndpoint=${url}/${ACCOUNT};`;

/** Starts it on a free port of loopback. Rejects with what it printed when it does not come up. */
export async function startAzurite(): Promise<Azurite> {
  const main = createRequire(import.meta.url).resolve('azurite/dist/src/queue/main.js');
  const options = ['--queueHost', '127.0.0.1', '--queuePort', '0', '--inMemoryPersistence'];
  const quiet = ['--skipApiVersionCheck', '--disableTelemetry'];
  const child = fork(main, [...options, ...quiet], {
    execArgv: ['--import', END_WITH_PARENT],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const close = async () => {
    // Asked by a signal it would first wait for every connection to close, and keeps nothing that is worth it.
    if (child.connected) child.disconnect();
    await ended;
  };
  try {
    const url = await addressOf(child);
    return { url, connectionString: connectionStringOf(url), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What it prints once it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (how: string) =>
      reject(new Error(`Azurite ${how}: ${output.trim() || 'it printed nothing'}`));
    const cancel = clock.at(secondsAfter(clock.now(), PATIENCE_SECONDS), () => fail('did not start in time'));
    const look = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /successfully listens on (http:\/\/\S+)/.exec(output);
      if (!found?.[1]) return;
      cancel();
      resolve(found[1]);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('error', (error) => fail(`did not start (${error.message})`));
    child.once('exit', (code) => {
      cancel();
      fail(`ended with code ${code}`);
    });
  });
}
