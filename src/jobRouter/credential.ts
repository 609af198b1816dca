import type { createCommunicationAuthPolicy } from '@azure/communication-common';
import type { RouterConnection } from './connection.ts';
import { UnusableConnectionError } from './endpoint.ts';

/** A key to sign with, or something that fetches tokens. */
export type RouterCredential = Parameters<typeof createCommunicationAuthPolicy>[0];

/**
 * The credential a connection asks for. The identity library is large, so only a connection that needs it
 * loads it.
 */
export async function credentialFor(connection: RouterConnection): Promise<RouterCredential> {
  switch (connection.kind) {
    case 'connectionString':
      return { key: accessKeyIn(connection.connectionString) };
    case 'managedIdentity': {
      const { DefaultAzureCredential, ManagedIdentityCredential } = await import('@azure/identity');
      return connection.clientId === undefined
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential({ clientId: connection.clientId });
    }
  }
}

/**
 * The key to sign requests with.
 *
 * @throws UnusableConnectionError when there is none. It does not quote the connection string, which is a secret.
 */
export function accessKeyIn(connectionString: string): string {
  const key = /(?:^|;)\s*accesskey=([^;]+)/i.exec(connectionString)?.[1]?.trim();
  if (!key) throw new UnusableConnectionError('The connection string has no accesskey=…');
  return key;
}
