/**
 * The second step of a deployment: waits until the functions exist, subscribes them to the events of the router, and
 * removes subscriptions that are no longer wanted. azd runs it after every deployment; it may be run any number of
 * times. It knows no key.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { az, CommandFailed } from './commandLine.ts';
import { deploySubscriptions } from './deploySubscriptions.ts';
import { removeStale } from './removeStale.ts';
import { SetbackError } from './setbackError.ts';
import { readSubscribeSettings, type SubscribeSettings } from './subscribeSettings.ts';
import { waitForFunctions } from './waitForFunctions.ts';

const { values } = parseArgs({
  options: {
    'limit-seconds': { type: 'string', default: '300' },
    'every-seconds': { type: 'string', default: '5' },
    'pause-seconds': { type: 'string', default: '20' },
  },
});
const seconds = z.coerce.number().nonnegative();
const patience = {
  limitSeconds: seconds.parse(values['limit-seconds']),
  everySeconds: seconds.parse(values['every-seconds']),
};

const say = (line: string) => process.stdout.write(`${line}\n`);

async function subscribe(): Promise<void> {
  const settings = await readSubscribeSettings(process.env);
  if (settings.SYSTEM_TOPIC_NAME === '') return tellToSubscribeByHand(settings);
  const topicId = topicIdOf(settings);
  const functionAppName = settings.FUNCTION_APP_ID.split('/').at(-1) ?? '';

  await requireSignIn(settings);
  await waitForFunctions(endpointsOf(settings), settings.FUNCTION_APP_ID, patience, { az, say });
  const subscribed = await deploySubscriptions(
    {
      deploymentName: `subscriptions-${functionAppName}`,
      resourceGroup: settings.SYSTEM_TOPIC_RESOURCE_GROUP,
      subscriptionId: settings.SYSTEM_TOPIC_SUBSCRIPTION_ID,
      environment: environmentFor(settings),
      pauseSeconds: seconds.parse(values['pause-seconds']),
    },
    { az, say },
  );
  const removed = await removeStale(subscribed, functionAppName, topicId, az);

  say(`On the system topic ${settings.SYSTEM_TOPIC_NAME}:`);
  for (const name of subscribed) say(`  subscribed  ${name}`);
  for (const name of removed) say(`  removed     ${name}, no longer wanted`);
}

const topicIdOf = ({
  SYSTEM_TOPIC_SUBSCRIPTION_ID,
  SYSTEM_TOPIC_RESOURCE_GROUP,
  SYSTEM_TOPIC_NAME,
}: SubscribeSettings): string =>
  `/subscriptions/${SYSTEM_TOPIC_SUBSCRIPTION_ID}/resourceGroups/${SYSTEM_TOPIC_RESOURCE_GROUP}` +
  `/providers/Microsoft.EventGrid/systemTopics/${SYSTEM_TOPIC_NAME}`;

/** The functions events are delivered to. */
function endpointsOf({ EVENT_DELIVERY }: SubscribeSettings): readonly string[] {
  if (EVENT_DELIVERY === 'webhook') return ['receiveRouterEvents'];
  const file = readFileSync(new URL('../eventSubscriptions.json', import.meta.url), 'utf8');
  return Object.keys(z.record(z.string(), z.array(z.string())).parse(JSON.parse(file)));
}

/** What subscriptions.bicepparam reads, as text. */
function environmentFor(settings: SubscribeSettings): Record<string, string> {
  const given = Object.entries(settings).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const url = `${settings.FUNCTION_APP_URL.replace(/\/$/, '')}/api/router-events`;
  return { ...Object.fromEntries(given), ...(settings.EVENT_DELIVERY === 'webhook' && { WEBHOOK_URL: url }) };
}

async function requireSignIn({ SYSTEM_TOPIC_SUBSCRIPTION_ID }: SubscribeSettings): Promise<void> {
  try {
    await az(['account', 'show', '--subscription', SYSTEM_TOPIC_SUBSCRIPTION_ID, '--output', 'none']);
  } catch (cause) {
    if (!(cause instanceof CommandFailed)) throw cause;
    throw new SetbackError(
      `Azure CLI cannot use the subscription ${SYSTEM_TOPIC_SUBSCRIPTION_ID}: ${cause.message}`,
      'run az login (azd and az sign in separately), then npm run subscribe',
      { cause },
    );
  }
}

function tellToSubscribeByHand({ FUNCTION_APP_URL }: SubscribeSettings): void {
  say('The router is one you host, so there is no system topic to subscribe to.');
  say(`Have it deliver its events to ${FUNCTION_APP_URL}/api/router-events, with a function key in ?code=.`);
}

try {
  await subscribe();
} catch (cause) {
  const isSetback = cause instanceof SetbackError || cause instanceof CommandFailed;
  process.stderr.write(`\nThe functions are not subscribed: ${isSetback ? cause.message : String(cause)}\n`);
  process.stderr.write(
    `What to do: ${cause instanceof SetbackError ? cause.fix : 'mend the above, then run npm run subscribe again'}.\n`,
  );
  process.exitCode = 1;
}
