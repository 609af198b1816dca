import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../infra/scripts/guardTeardown.ts', import.meta.url));

const guard = (environment: Readonly<Record<string, string>>) =>
  spawnSync(process.execPath, [script], { env: environment, encoding: 'utf8' });

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
