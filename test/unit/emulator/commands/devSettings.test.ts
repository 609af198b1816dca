import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { devSettings } from '../../../../emulator/commands/devSettings.ts';
import { DEVELOPMENT_WORK_SECRET } from '../../../../emulator/workSecret.ts';

function appWith(values: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'dev-settings-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, 'local.settings.json'), JSON.stringify({ Values: values }));
  return root;
}

const STORAGE = { AzureWebJobsStorage: 'UseDevelopmentStorage=true' };

it.each([
  ['the environment', {}, STORAGE],
  ['local.settings.json', STORAGE, {}],
])('takes the storage account that %s names, and starts none', async (_where, local, environment) => {
  const { settings, notices } = await devSettings(appWith(local), environment);
  expect(settings).toEqual({ WORK_SIGNING_SECRET: DEVELOPMENT_WORK_SECRET });
  expect(notices).toEqual([`Requests for work are signed with ${DEVELOPMENT_WORK_SECRET}`]);
});

it('leaves a secret alone that is given', async () => {
  const { settings, notices } = await devSettings(appWith({ ...STORAGE, WORK_SIGNING_SECRET: 'mine' }), {});
  expect({ settings, notices }).toEqual({ settings: {}, notices: [] });
});
