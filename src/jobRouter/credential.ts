import type { createCommunicationAuthPolicy } from '@azure/communication-common';
import { identityCredential } from '../identityCredential.ts';
import type { RouterConnection } from './connection.ts';

/** A key to sign with, or something that fetches tokens. */
export type RouterCredential = Parameters<typeof createCommunicationAuthPolicy>[0];

/** The credential a connection asks for. */
export async function credentialFor(connection: RouterConnection): Promise<RouterCredential> {
  switch (connection.kind) {
    case 'accessKey':
      return { key: connection.key };
    case 'managedIdentity':
      return identityCredential(connection.clientId);
  }
}
