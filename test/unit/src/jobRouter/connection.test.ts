import { describe, expect, it } from 'vitest';
import { credentialFor } from '../../../../src/jobRouter/credential.ts';
import { isPlainHttp, UnusableConnectionError } from '../../../../src/jobRouter/endpoint.ts';
import { saysThatPackageIsMissing } from '../../../../src/jobRouter/officialClient.ts';
import { openJobRouter } from '../../../../src/jobRouter/openJobRouter.ts';
import { fakeClock } from '../../../support/fakeClock.ts';

const clock = fakeClock('2026-03-02T09:00:00Z');
const SECRET = 'c2VjcmV0';

describe('an endpoint', () => {
  it.each([
    ['https://contoso.communication.azure.com', false],
    ['http://127.0.0.1:7080/', true],
    ['http://localhost:7080', true],
    ['http://router.localhost:7080', true],
    ['http://[::1]:7080', true],
  ])('%s is plain HTTP: %s', (endpoint, isPlain) => {
    expect(isPlainHttp(endpoint)).toBe(isPlain);
  });

  it.each([
    'http://contoso.communication.azure.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'ftp://127.0.0.1',
    'contoso',
  ])('%s is refused, by its name', (endpoint) => {
    expect(() => isPlainHttp(endpoint)).toThrow(UnusableConnectionError);
    expect(() => isPlainHttp(endpoint)).toThrow(endpoint);
  });
});

describe('opening a router', () => {
  it('refuses to send keys in clear to another machine, and does not quote the key', () => {
    const endpoint = 'http://contoso.example';
    const connectionString = `endpoint=${endpoint};accesskey=${SECRET}`;
    const open = () => openJobRouter({ kind: 'connectionString', connectionString, endpoint }, { clock });
    expect(open).toThrow(/contoso\.example/);
    expect(open).not.toThrow(SECRET);
  });

  it('refuses a connection string without a key, and does not quote it', () => {
    const endpoint = 'https://contoso.example';
    const connectionString = `endpoint=${endpoint};accessKey=;other=${SECRET}`;
    const open = () => openJobRouter({ kind: 'connectionString', connectionString, endpoint }, { clock });
    expect(open).toThrow(/accesskey/);
    expect(open).not.toThrow(SECRET);
  });

  it('refuses an identity over plain HTTP, where its token would be sent in clear', () => {
    const open = () =>
      openJobRouter({ kind: 'managedIdentity', endpoint: 'http://127.0.0.1:7080' }, { clock });
    expect(open).toThrow(UnusableConnectionError);
  });
});

describe('a credential', () => {
  it.each([
    'endpoint=https://contoso.example/;accesskey=a2V5PT0=',
    'AccessKey=a2V5PT0=;Endpoint=https://contoso.example/',
  ])('is the key of "%s"', async (connectionString) => {
    const connection = {
      kind: 'connectionString',
      connectionString,
      endpoint: 'https://contoso.example/',
    } as const;
    expect(await credentialFor(connection)).toEqual({ key: 'a2V5PT0=' });
  });

  it.each([
    ['the system-assigned identity or a sign-in', {}, 'DefaultAzureCredential'],
    [
      'a user-assigned identity',
      { clientId: '0f0e1d2c-0000-4000-8000-000000000000' },
      'ManagedIdentityCredential',
    ],
  ])('fetches tokens for %s', async (_, member, expected) => {
    const credential = await credentialFor({
      kind: 'managedIdentity',
      endpoint: 'https://contoso.example',
      ...member,
    });
    expect(credential.constructor.name).toBe(expected);
  });
});

describe('the official package', () => {
  const notFound = (message: string, code: string) => Object.assign(new Error(message), { code });
  const name = '@azure-rest/communication-job-router';

  it.each([
    [
      'an import finds no package',
      notFound(`Cannot find package '${name}' imported from /app.cjs`, 'ERR_MODULE_NOT_FOUND'),
      true,
    ],
    ['a require finds no module', notFound(`Cannot find module '${name}'`, 'MODULE_NOT_FOUND'), true],
    [
      'one of its own parts is missing',
      notFound(`Cannot find package 'tslib' imported from /${name}/index.js`, 'ERR_MODULE_NOT_FOUND'),
      false,
    ],
    ['it fails while it loads', new TypeError('x is not a function'), false],
  ])('counts as missing when %s', (_, error, isMissing) => {
    expect(saysThatPackageIsMissing(error)).toBe(isMissing);
  });
});
