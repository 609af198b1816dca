/** What the subscribing step has to know: the outputs of main.bicep and the azd environment. */
import * as z from 'zod';
import { CommandFailed, runCommand } from './commandLine.ts';
import { SetbackError } from './setbackError.ts';

const text = z.string().trim().default('');
const resourceId = z
  .string({ error: 'is not set' })
  .regex(/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/.+/i, 'is not a resource id');

/** Azure CLI reads the rest of the azd environment itself, through subscriptions.bicepparam. */
const settings = z
  .object({
    FUNCTION_APP_ID: resourceId,
    FUNCTION_APP_URL: z.url('is not an address'),
    STORAGE_ACCOUNT_ID: resourceId,
    SYSTEM_TOPIC_NAME: text,
    SYSTEM_TOPIC_RESOURCE_GROUP: text,
    SYSTEM_TOPIC_SUBSCRIPTION_ID: text,
    EVENT_DELIVERY: z.enum(['functions', 'webhook'], 'is neither functions nor webhook').default('functions'),
    WEBHOOK_APPLICATION_ID: text,
    AZURE_TENANT_ID: text,
  })
  .refine(
    ({ EVENT_DELIVERY, WEBHOOK_APPLICATION_ID, AZURE_TENANT_ID }) =>
      EVENT_DELIVERY === 'functions' || (WEBHOOK_APPLICATION_ID !== '' && AZURE_TENANT_ID !== ''),
    {
      path: ['WEBHOOK_APPLICATION_ID'],
      error: 'is not set, or AZURE_TENANT_ID is not: delivery by webhook is secured by an Entra application',
    },
  );

export type SubscribeSettings = z.infer<typeof settings>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A hook of azd has the values in its environment; a person who runs the script has azd, which knows them.
 *
 * @throws SetbackError with everything that is missing.
 */
export async function readSubscribeSettings(
  environment: Environment,
): Promise<Environment & SubscribeSettings> {
  const values = environment.FUNCTION_APP_ID === undefined ? await askAzd(environment) : environment;
  const read = settings.safeParse(values);
  if (read.success) return { ...values, ...read.data };
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new SetbackError(
    `the azd environment cannot be used: ${problems.join('; ')}`,
    'run azd provision, which sets the outputs of infra/main.bicep; set the others with azd env set',
  );
}

async function askAzd(environment: Environment): Promise<Environment> {
  try {
    const printed = await runCommand('azd', ['env', 'get-values', '--output', 'json']);
    return { ...environment, ...z.record(z.string(), z.string()).parse(JSON.parse(printed)) };
  } catch (cause) {
    if (!(cause instanceof CommandFailed)) throw cause;
    throw new SetbackError(
      `there is no azd environment here: ${cause.message}`,
      'run azd provision first, or select an environment with azd env select',
      { cause },
    );
  }
}
