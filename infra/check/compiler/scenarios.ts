/** The deployments that are evaluated: each way of naming a router, each switch once. */
export interface Scenario {
  readonly name: string;
  readonly parameters: 'infra/main.bicepparam' | 'infra/subscriptions.bicepparam';
  /** Of a template that is deployed to one. */
  readonly resourceGroup?: string;
  /** Read by the parameter file. */
  readonly environment: Readonly<Record<string, string>>;
}

export const SUBSCRIPTION = '00000000-0000-0000-0000-000000000001';
const inGroup = (group: string, rest: string): string =>
  `/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}/providers/${rest}`;

const existing = {
  COMMUNICATION_SERVICES_ID: inGroup('rg-acs', 'Microsoft.Communication/communicationServices/acs'),
};
const connectionString = {
  CONNECTION_STRING_VAULT_ENTRY_ID: inGroup('rg-kv', 'Microsoft.KeyVault/vaults/kv/secrets/router'),
};
const workSigning = {
  WORK_SIGNING_VAULT_ENTRY_ID: inGroup('rg-kv', 'Microsoft.KeyVault/vaults/kv/secrets/work'),
};
const deployed = {
  FUNCTION_APP_ID: inGroup('rg-app', 'Microsoft.Web/sites/func'),
  STORAGE_ACCOUNT_ID: inGroup('rg-app', 'Microsoft.Storage/storageAccounts/st'),
  SYSTEM_TOPIC_NAME: 'acs-events',
};

export const scenarios: readonly Scenario[] = [
  { name: 'an existing resource', parameters: 'infra/main.bicepparam', environment: existing },
  {
    name: 'a new resource, private, zone-redundant',
    parameters: 'infra/main.bicepparam',
    environment: {
      CREATE_COMMUNICATION_SERVICES: 'true',
      PRIVATE_NETWORKING: 'true',
      ZONE_REDUNDANT: 'true',
    },
  },
  {
    name: 'a self-hosted router with a key, alerts by e-mail',
    parameters: 'infra/main.bicepparam',
    environment: {
      ...connectionString,
      ROUTER_ENDPOINT: 'https://router.example',
      ALERT_EMAIL: 'operations@router.example',
    },
  },
  {
    name: 'webhook delivery',
    parameters: 'infra/main.bicepparam',
    environment: { ...existing, ...connectionString, ...workSigning, WEBHOOK_APPLICATION_ID: SUBSCRIPTION },
  },
  {
    name: 'subscriptions of functions',
    parameters: 'infra/subscriptions.bicepparam',
    resourceGroup: 'rg-acs',
    // Not a whole number of minutes, so that rounding down would be seen.
    environment: { ...deployed, OFFER_EXPIRES_AFTER_SECONDS: '90' },
  },
  {
    name: 'the subscription of the webhook',
    parameters: 'infra/subscriptions.bicepparam',
    resourceGroup: 'rg-acs',
    environment: { ...deployed, EVENT_DELIVERY: 'webhook', WEBHOOK_APPLICATION_ID: SUBSCRIPTION },
  },
];
