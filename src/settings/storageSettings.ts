/**
 * Which storage account keeps what is put off, as the Functions host is told: `AzureWebJobsStorage` is a connection
 * string, or the beginning of several settings where an identity is used. An app without one runs: only what has to
 * outlive the process is refused then, by name of the setting.
 */
import type { StorageConnection } from '../storage/storageConnection.ts';
import type { ConfigProblem } from './configProblem.ts';

/** The settings that name the account; empty ones are absent. */
export interface StorageSettings {
  readonly AzureWebJobsStorage?: string | undefined;
  readonly AzureWebJobsStorage__accountName?: string | undefined;
  readonly AzureWebJobsStorage__queueServiceUri?: string | undefined;
  readonly AzureWebJobsStorage__clientId?: string | undefined;
}

const connectionStringFix =
  'write a connection string as the portal shows it under Access keys, or UseDevelopmentStorage=true for Azurite';

/** The account the settings describe, nothing where they describe none, or the one thing that is wrong with them. */
export function storageFrom(settings: StorageSettings): StorageConnection | ConfigProblem | undefined {
  const connectionString = settings.AzureWebJobsStorage;
  if (connectionString !== undefined) return readConnectionString(connectionString);

  const queueServiceUri = settings.AzureWebJobsStorage__queueServiceUri ?? publicUri(settings);
  if (queueServiceUri === undefined) return undefined;
  if (URL.parse(queueServiceUri)?.protocol !== 'https:') {
    return {
      setting: 'AzureWebJobsStorage__queueServiceUri',
      problem: 'is not an https address, and the token of an identity is sent over nothing else',
      fix: 'write https://<account>.queue.core.windows.net',
    };
  }
  const clientId = settings.AzureWebJobsStorage__clientId;
  return { kind: 'managedIdentity', queueServiceUri, ...(clientId !== undefined && { clientId }) };
}

/** As the host takes it: an account's name stands for its address in the public cloud. */
const publicUri = ({ AzureWebJobsStorage__accountName: name }: StorageSettings): string | undefined =>
  name === undefined ? undefined : `https://${name}.queue.core.windows.net`;

function readConnectionString(connectionString: string): StorageConnection | ConfigProblem {
  const names = connectionString.split(';').map((part) => part.split('=')[0]?.trim().toLowerCase());
  const isOne = ['usedevelopmentstorage', 'accountname', 'queueendpoint'].some((name) =>
    names.includes(name),
  );
  return isOne
    ? { kind: 'connectionString', connectionString }
    : {
        setting: 'AzureWebJobsStorage',
        problem:
          'is no connection string of a storage account: it names neither an account nor a queue endpoint',
        fix: connectionStringFix,
      };
}
