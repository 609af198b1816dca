import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../infra/scripts/guardTeardown.ts', import.meta.url));

const guard = (environment: Readonly<Record<string, string>>) =>
  spawnSync(process.execPath, [script], { env: environment, encoding: 'utf8' });

const vaultEntryIn = (group: string): string =>
  `/subscriptions/s-1/resourceGroups/${group}/providers/Microsoft.KeyVault/vaults/kv/secrets/router`;

describe('before azd down', () => {
  it("stops when the group of somebody's own Communication Services resource would go too", () => {
    const { status, stderr } = guard({
      AZURE_RESOURCE_GROUP: 'rg-app',
      SYSTEM_TOPIC_RESOURCE_GROUP: 'rg-contact-center',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('would also delete the resource group rg-contact-center');
    expect(stderr).toContain('docs/deploy.md');
  });

  it.each([
    'CONNECTION_STRING_VAULT_ENTRY_ID',
    'WORK_SIGNING_VAULT_ENTRY_ID',
    'WEBHOOK_GUARD_VAULT_ENTRY_ID',
  ])("stops when the group of somebody's own Key Vault would go too: %s", (name) => {
    const { status, stderr } = guard({
      AZURE_RESOURCE_GROUP: 'rg-app',
      SYSTEM_TOPIC_RESOURCE_GROUP: '',
      [name]: vaultEntryIn('rg-vaults'),
    });
    expect(status).toBe(1);
    expect(stderr).toContain('would also delete the resource group rg-vaults');
    expect(stderr).toContain('Key Vault');
  });

  it('names both groups when both are in danger', () => {
    const { stderr } = guard({
      AZURE_RESOURCE_GROUP: 'rg-app',
      SYSTEM_TOPIC_RESOURCE_GROUP: 'rg-contact-center',
      CONNECTION_STRING_VAULT_ENTRY_ID: vaultEntryIn('rg-vaults'),
    });
    expect(stderr).toContain('rg-contact-center');
    expect(stderr).toContain('rg-vaults');
  });

  it.each([
    [
      'the vault is in the group of the app',
      { AZURE_RESOURCE_GROUP: 'rg-app', CONNECTION_STRING_VAULT_ENTRY_ID: vaultEntryIn('RG-App') },
    ],
    [
      'the deployment made the resource itself',
      { AZURE_RESOURCE_GROUP: 'rg-app', SYSTEM_TOPIC_RESOURCE_GROUP: 'RG-App' },
    ],
    ['there is no system topic', { AZURE_RESOURCE_GROUP: 'rg-app', SYSTEM_TOPIC_RESOURCE_GROUP: '' }],
    ['nothing was ever provisioned', {}],
  ])('lets it pass when %s', (_, environment) => {
    expect(guard(environment)).toMatchObject({ status: 0, stderr: '' });
  });
});
