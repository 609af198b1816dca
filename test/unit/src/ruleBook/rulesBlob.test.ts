import { describe, expect, it } from 'vitest';
import { rulesBlob, takesToken } from '../../../../src/ruleBook/rulesBlob.ts';
import { startAnsweringServer } from '../../../support/answeringServer.ts';
import { fakeClock } from '../../../support/fakeClock.ts';

const clock = fakeClock('2026-03-02T09:00:00Z');
const noToken = () => Promise.reject(new Error('no token is needed here'));

describe('rules in a blob', () => {
  it('are asked for by the version that is known', async () => {
    await using server = await startAnsweringServer(({ headers }) =>
      headers['if-none-match'] === '"1"'
        ? { status: 304 }
        : { status: 200, headers: { etag: '"1"' }, body: { automation: {} } },
    );
    const reader = rulesBlob(`${server.connection.endpoint}rules.json?sig=secret`, {
      clock,
      storageToken: noToken,
    });
    expect(await reader.read(undefined)).toEqual({ text: '{"automation":{}}', version: '"1"' });
    expect(await reader.read('"1"')).toBe('unchanged');
    expect(server.seen.map(({ url }) => url)).toEqual(Array(2).fill('/rules.json?sig=secret'));
  });

  it.each([
    ['that is refused', { status: 403 }, 'answered with 403'],
    ['that is gone', { status: 404 }, 'answered with 404'],
    ['that is elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }, 'answered with 302'],
    ['that is too long', { status: 200, body: { text: 'x'.repeat(1_000_001) } }, 'longer than'],
  ])('cannot be read from a blob %s', async (_what, answer, problem) => {
    await using server = await startAnsweringServer(answer);
    const reader = rulesBlob(server.connection.endpoint, { clock, storageToken: noToken });
    await expect(reader.read(undefined)).rejects.toThrow(problem);
  });

  it('are named without the secret in the address', () => {
    const { name } = rulesBlob('https://it.blob.core.windows.net/c/rules.json?sv=1&sig=secret', {
      clock,
      storageToken: noToken,
    });
    expect(name).toBe('the document at https://it.blob.core.windows.net/c/rules.json');
  });
});

describe('the token of the app', () => {
  it.each([
    ['https://it.blob.core.windows.net/c/rules.json'],
    ['https://it.z01.blob.storage.azure.net/c/rules.json'],
    ['https://it.blob.core.usgovcloudapi.net/c/rules.json'],
  ])('is sent to %s', (address) => {
    expect(takesToken(new URL(address))).toBe(true);
  });

  it.each([
    ['https://it.blob.core.windows.net/c/rules.json?sig=secret'],
    ['https://it.blob.core.windows.net.example/c/rules.json'],
    ['https://example.com/it.blob.core.windows.net/rules.json'],
    ['https://blob.core.windows.net.example.com/rules.json'],
    ['http://127.0.0.1:9/c/rules.json'],
  ])('is not sent to %s', (address) => {
    expect(takesToken(new URL(address))).toBe(false);
  });
});
