import { APP_ROOT, eventSubscriptions } from '../app.ts';
import { quickstartJob } from '../demo/quickstartJob.ts';
import { keyList } from '../functionsHost/functionList.ts';
import { consoleLine } from '../functionsHost/log.ts';
import type { HostLogEntry, HostProcess } from '../hostProcess.ts';
import type { EmulatorSuite } from '../suite.ts';
import { announceRouter } from './announce.ts';
import { type DevSettings, devSettings } from './devSettings.ts';
import { startSuite } from './emulator.ts';
import { type EmulatorOptions, tellFor } from './options.ts';
import { readyFor } from './ready.ts';
import { stopSignal } from './stopSignals.ts';

export interface DevOptions extends EmulatorOptions {
  readonly functionsPort: number;
  readonly functionKeys: boolean;
}

/** Runs the whole suite, the app included, until it is told to stop; ends with 1 when the host dies before. */
export async function dev(options: DevOptions): Promise<number> {
  const stopped = stopSignal();
  const filledIn = await devSettings(APP_ROOT, process.env);
  try {
    return await runUntil(stopped, options, filledIn);
  } finally {
    await filledIn.close();
  }
}

async function runUntil(
  stopped: Promise<void>,
  options: DevOptions,
  { settings, notices }: DevSettings,
): Promise<number> {
  const tell = tellFor(options);
  const suite = await startSuite(options, {
    root: APP_ROOT,
    port: options.functionsPort,
    subscriptions: await eventSubscriptions(),
    functionKeys: options.functionKeys,
    settings,
    onLog: (entry) => printLog(entry, tell),
  });
  const { host } = suite;
  if (!host) throw new Error('The suite runs no app');

  if (options.json) {
    for (const notice of notices) tell(notice);
    console.log(JSON.stringify(readyFor(suite)));
  } else announce(suite, host, notices);

  const death = await Promise.race([stopped, host.ended]);
  await suite.close();
  if (death) console.error(`Stopped, because ${death}`);
  return death ? 1 : 0;
}

function announce(suite: EmulatorSuite, host: HostProcess, notices: readonly string[]): void {
  announceRouter(suite);
  if (notices.length > 0) console.log(`\n${notices.join('\n')}`);
  if (host.keys) console.log(`\n${keyList(host.keys).join('\n')}`);
  suggest(host);
  console.log('\nready');
}

/** One command that provisions the quickstart and submits its job. */
function suggest({ url, keys }: HostProcess): void {
  const key = keys ? ` -H 'x-functions-key: ${keys.host}'` : '';
  const json = `-H 'content-type: application/json'${key}`;
  console.log('\nTry next, in another terminal at the root of the repository, and watch the job here:');
  console.log(
    `  curl -X PUT ${url}/api/routing ${json} -d @routing.json` +
      ` --next -X POST ${url}/api/jobs ${json} -d '${JSON.stringify(quickstartJob('job-1'))}'`,
  );
}

function printLog(entry: HostLogEntry, tell: (line: string) => void): void {
  const line = consoleLine(entry);
  if (line !== undefined) tell(line);
}
