import type { createCommunicationAuthPolicy } from '@azure/communication-common';
import type { RouterConnection } from './connection.ts';

/** A key to sign with, or something that fetches tokens. */
export type RouterCredential = Parameters<typeof createCommunicationAuthPolicy>[0];

/**
 * The credential a connection asks for. The identity library is large, so only a connection that needs it
 * loads it.
 */
export async function credentialFor(connection: RouterConnection): Promise<RouterCredential> {
  switch (connection.kind) {
    case 'accessKey':
      return { key: connection.key };
    case 'managedIdentity': {
      const { DefaultAzureCredential, ManagedIdentityCredential } = await import('@azure/identity');
      return connection.clientId === undefined
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential({ clientId: connection.clientId });
    }
  }
}
