/** What the app needs on a laptop and nobody has set: somewhere to keep what is put off, and a secret to sign with. */
import { type Azurite, startAzurite } from '../azurite.ts';
import { type Environment, localSettingsOf } from '../functionsHost/settings.ts';
import { messageOf } from '../messageOf.ts';
import { DEVELOPMENT_WORK_SECRET } from '../workSecret.ts';

/** Settings, with what has to run for them. */
export interface DevSettings {
  readonly settings: Readonly<Record<string, string>>;
  /** What a person should know about them. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}

/** Fills in what neither the environment nor local.settings.json says. */
export async function devSettings(appRoot: string, environment: Environment): Promise<DevSettings> {
  const local = localSettingsOf(appRoot);
  const isGiven = (name: string) => Boolean(environment[name] || local[name]);
  const secret = isGiven('WORK_SIGNING_SECRET') ? {} : { WORK_SIGNING_SECRET: DEVELOPMENT_WORK_SECRET };
  const notices =
    'WORK_SIGNING_SECRET' in secret ? [`Requests for work are signed with ${DEVELOPMENT_WORK_SECRET}`] : [];
  if (isGiven('AzureWebJobsStorage')) return { settings: secret, notices, close: async () => {} };

  const azurite = await startOrSayWhyNot();
  if (typeof azurite === 'string') {
    notices.unshift(`Nothing can be put off or parked for long: ${azurite}`);
    return { settings: secret, notices, close: async () => {} };
  }
  notices.unshift(`Storage queues:      ${azurite.url} (Azurite, in memory; messages end with this command)`);
  return {
    settings: { ...secret, AzureWebJobsStorage: azurite.connectionString },
    notices,
    close: azurite.close,
  };
}

async function startOrSayWhyNot(): Promise<Azurite | string> {
  try {
    return await startAzurite();
  } catch (error) {
    return messageOf(error);
  }
}
