/** Which router the settings name, and with which credential: a connection string or an identity, never both. */
import { connectionProblem, type RouterConnection } from '../jobRouter/connection.ts';
import type { ConfigProblem } from './configProblem.ts';

/** The settings that name a router; empty ones are absent. */
export interface ConnectionSettings {
  readonly COMMUNICATION_CONNECTION_STRING?: string | undefined;
  readonly COMMUNICATION_ENDPOINT?: string | undefined;
  readonly AZURE_CLIENT_ID?: string | undefined;
}

const connectionStringFix =
  'write endpoint=https://<resource>.communication.azure.com/;accesskey=<key>, as the portal shows it under Keys';
const endpointFix = 'write https://<resource>.communication.azure.com/';

/** The connection the settings describe, or the one thing that is wrong with them. */
export function connectionFrom(settings: ConnectionSettings): RouterConnection | ConfigProblem {
  const connectionString = settings.COMMUNICATION_CONNECTION_STRING;
  const endpoint = settings.COMMUNICATION_ENDPOINT;
  if (connectionString !== undefined && endpoint !== undefined) {
    return {
      setting: 'COMMUNICATION_CONNECTION_STRING, COMMUNICATION_ENDPOINT',
      problem: 'both are set, and they may name different resources or credentials',
      fix: 'keep the first for an access key, or the second for a managed identity',
    };
  }
  if (connectionString !== undefined) return readConnectionString(connectionString);
  if (endpoint !== undefined) return readEndpoint(endpoint, settings.AZURE_CLIENT_ID);
  return {
    setting: 'COMMUNICATION_CONNECTION_STRING',
    problem: 'is not set, nor is COMMUNICATION_ENDPOINT',
    fix: `${connectionStringFix}; or set COMMUNICATION_ENDPOINT to use a managed identity`,
  };
}

function readConnectionString(text: string): RouterConnection | ConfigProblem {
  const parts = partsOf(text);
  const endpoint = parts.get('endpoint') ?? '';
  const key = parts.get('accesskey') ?? '';
  const connection = { kind: 'accessKey', endpoint, key } as const;
  const problem = endpointProblem(connection) ?? keyProblem(key);
  return problem === undefined
    ? connection
    : { setting: 'COMMUNICATION_CONNECTION_STRING', problem, fix: connectionStringFix };
}

function readEndpoint(endpoint: string, clientId: string | undefined): RouterConnection | ConfigProblem {
  const connection = {
    kind: 'managedIdentity',
    endpoint,
    ...(clientId !== undefined && { clientId }),
  } as const;
  const problem = endpointProblem(connection);
  return problem === undefined
    ? connection
    : { setting: 'COMMUNICATION_ENDPOINT', problem, fix: endpointFix };
}

/** The client's own verdict, so that what passes here opens there. */
function endpointProblem(connection: RouterConnection): string | undefined {
  if (connection.endpoint === '') return 'has no endpoint';
  const problem = connectionProblem(connection);
  return problem === undefined ? undefined : `cannot be used: ${problem}`;
}

function keyProblem(key: string): string | undefined {
  if (key === '') return 'has no accesskey';
  return isBase64(key) ? undefined : 'has an accesskey that is not base64; it may have been cut off';
}

/** Keys in lower case: the portal, the CLI and people spell them differently. A key may hold `=` padding. */
function partsOf(connectionString: string): ReadonlyMap<string, string> {
  const parts = connectionString.split(';').filter((part) => part.includes('='));
  return new Map(
    parts.map((part) => {
      const [key = '', ...value] = part.split('=');
      return [key.trim().toLowerCase(), value.join('=').trim()];
    }),
  );
}

const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
