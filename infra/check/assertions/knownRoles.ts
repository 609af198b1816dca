/** A role this deployment gives, and on what kind of thing. */
export interface KnownRole {
  readonly id: string;
  readonly name: string;
  /** Resource type the role is given on: nothing wider. */
  readonly on: string;
}

const account = 'Microsoft.Storage/storageAccounts';

/** By the file in infra/modules/roles that gives it. A new one is added here knowingly. */
export const knownRoles: Readonly<Record<string, KnownRole>> = {
  hostBlobs: { id: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b', name: 'Storage Blob Data Owner', on: account },
  hostQueues: {
    id: '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
    name: 'Storage Queue Data Contributor',
    on: account,
  },
  hostTables: {
    id: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
    name: 'Storage Table Data Contributor',
    on: account,
  },
  deadLetters: {
    id: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    name: 'Storage Blob Data Contributor',
    on: `${account}/blobServices/containers`,
  },
  telemetry: {
    id: '3913510d-42f4-4e42-8a64-420c390055eb',
    name: 'Monitoring Metrics Publisher',
    on: 'Microsoft.Insights/components',
  },
  router: {
    id: '09976791-48a7-449e-bb21-39d1a415f350',
    name: 'Communication and Email Service Owner',
    on: 'Microsoft.Communication/communicationServices',
  },
  vaultEntry: {
    id: '4633458b-17de-408a-b874-0445c86b69e6',
    name: 'Key Vault Secrets User',
    on: 'Microsoft.KeyVault/vaults/secrets',
  },
};
