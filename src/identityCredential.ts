import type { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';

/**
 * Fetches tokens for the app's identity. The identity library is large, so it is loaded when the first token is
 * needed.
 *
 * @param clientId of a user-assigned identity; absent for the system-assigned one and for a developer's sign-in.
 */
export async function identityCredential(
  clientId?: string,
): Promise<DefaultAzureCredential | ManagedIdentityCredential> {
  const identity = await import('@azure/identity');
  return clientId === undefined
    ? new identity.DefaultAzureCredential()
    : new identity.ManagedIdentityCredential({ clientId });
}
