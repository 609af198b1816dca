import type { SubscribeRequest } from '../eventGrid/subscription.ts';
import type { AppOptions, EmulatorSuite } from '../suite.ts';
import { createEmulatorSuite } from '../suite.ts';
import { announceRouter } from './announce.ts';
import { delaysNamed, type EmulatorOptions, tellFor } from './options.ts';
import { readyFor } from './ready.ts';
import { stopSignal } from './stopSignals.ts';

/** Runs the router and Event Grid, without an app, until it is told to stop. */
export async function emulator(options: EmulatorOptions): Promise<number> {
  const stopped = stopSignal();
  const suite = await startSuite(options);
  if (options.json) console.log(JSON.stringify(readyFor(suite)));
  else {
    announceRouter(suite);
    console.log('\nready');
  }
  await stopped;
  await suite.close();
  return 0;
}

/** Starts the suite as the command line asks for it, with every webhook it names subscribed. */
export async function startSuite(options: EmulatorOptions, app?: AppOptions): Promise<EmulatorSuite> {
  const tell = tellFor(options);
  const suite = await createEmulatorSuite({
    port: options.port,
    accessKey: options.accessKey,
    delays: delaysNamed(options.delays),
    clock: options.clock,
    quota: options.quota,
    onNotice: tell,
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.data !== undefined && { data: options.data }),
    ...(options.https && { certificatePath: `.emulator/certificate-${options.port}.pem` }),
    ...(app && { app }),
  });
  try {
    for (const request of options.subscribe) await subscribe(suite, request, tell);
    return suite;
  } catch (error) {
    await suite.close();
    throw error;
  }
}

/** Subscribes a webhook; one that answers without echoing the code can still be validated by hand. */
async function subscribe(
  { eventGrid }: EmulatorSuite,
  request: SubscribeRequest,
  tell: (line: string) => void,
): Promise<void> {
  const result = await eventGrid.subscribe(request);
  if (result.kind === 'active') return;
  tell(`${request.endpoint} is not subscribed yet: ${result.problem.message}`);
  tell(`Open this within ten minutes to validate it by hand: ${result.validationUrl}\n`);
}
