import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { messageOf } from '../messageOf.ts';
import { FunctionsHostFailure } from './failure.ts';
import type { Log } from './log.ts';
import { type QueueSettings, queueSettings } from './queues/queueSettings.ts';

/** The app's settings: environment variables, by name. */
export type Environment = Record<string, string | undefined>;

const localSettings = z.looseObject({
  IsEncrypted: z.literal(false, 'encrypted settings can be read by Core Tools only').optional(),
  Values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}),
});

const hostFile = z.looseObject({
  extensions: z
    .looseObject({
      http: z.looseObject({ routePrefix: z.string().default('api') }).optional(),
      queues: queueSettings.optional(),
    })
    .optional(),
  extensionBundle: z.looseObject({ id: z.string(), version: z.string() }).optional(),
});

/** What this host heeds of host.json. */
export interface HostSettings {
  /** Without slashes at its ends; may be empty. */
  readonly routePrefix: string;
  readonly queues: QueueSettings;
  readonly extensionBundle: { readonly id: string; readonly version: string } | undefined;
}

function readJson<Schema extends z.ZodType>(path: string, schema: Schema): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new FunctionsHostFailure('badSettings', `${path} cannot be read: ${reason}`, { cause: error });
  }
}

/** Reads host.json; an app without one gets the defaults, where Core Tools would refuse to start. */
export function readHostSettings(appRoot: string): HostSettings {
  const path = join(appRoot, 'host.json');
  const { extensions, extensionBundle } = existsSync(path) ? readJson(path, hostFile) : {};
  return {
    routePrefix: (extensions?.http?.routePrefix ?? 'api').replace(/^\/+|\/+$/g, ''),
    queues: extensions?.queues ?? queueSettings.parse({}),
    extensionBundle: extensionBundle && { id: extensionBundle.id, version: extensionBundle.version },
  };
}

/** The `Values` of an app's local.settings.json; none where there is no such file. */
export function localSettingsOf(appRoot: string): Readonly<Record<string, string>> {
  const path = join(appRoot, 'local.settings.json');
  return existsSync(path) ? readJson(path, localSettings).Values : {};
}

/**
 * Turns the `Values` of local.settings.json into environment variables. A variable that is there already wins, and
 * a line says so, as Core Tools does. Returns what takes the added ones away again.
 */
export function applyLocalSettings(appRoot: string, environment: Environment, log: Log): () => void {
  const values = localSettingsOf(appRoot);
  const added: string[] = [];
  for (const [name, value] of Object.entries({ ...values, AZURE_FUNCTIONS_ENVIRONMENT: 'Development' })) {
    if (!environment[name]) {
      environment[name] = value;
      added.push(name);
    } else if (name in values) {
      const message = `Skipping '${name}' from local settings as it's already defined in current environment variables.`;
      log({ level: 'warning', category: 'system', message });
    }
  }
  return () => {
    for (const name of added) delete environment[name];
  };
}

/** Puts settings in the place of `%NAME%`, as binding expressions do. A setting that is not there is an error. */
export function resolveSettings(text: string, environment: Environment): string {
  return text.replace(/%([^%]+)%/g, (_expression, name: string) => {
    const value = environment[name];
    if (value === undefined) throw new Error(`"${text}" names the setting ${name}, which is not set`);
    return value;
  });
}
