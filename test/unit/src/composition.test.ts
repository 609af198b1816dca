import { afterEach, expect, it, vi } from 'vitest';
import { getApp, replaceApp } from '../../../src/composition.ts';
import { testApp } from '../../support/testApp.ts';

const rules = JSON.stringify({ automation: { rules: [{ name: 'it' }] } });
afterEach(() => vi.unstubAllEnvs());

const other = testApp();

it('tells what is wrong with the settings, and is built once they are mended', async () => {
  vi.stubEnv('COMMUNICATION_CONNECTION_STRING', '');
  vi.stubEnv('COMMUNICATION_ENDPOINT', '');
  vi.stubEnv('AUTOMATION_RULES', rules);
  await expect(getApp()).rejects.toThrow('COMMUNICATION_CONNECTION_STRING');

  vi.stubEnv('COMMUNICATION_CONNECTION_STRING', 'endpoint=http://127.0.0.1:7080/;accesskey=c2VjcmV0');
  const app = await getApp();
  expect((await app.automation()).rules.map(({ name }) => name)).toEqual(['it']);
  expect(await getApp()).toBe(app);
});

it('can be replaced, and put back', async () => {
  const restore = replaceApp(other);
  expect(await getApp()).toBe(other);
  restore();
  const again = replaceApp({ ...other });
  expect(await getApp()).not.toBe(other);
  again();
});
