import { describe, expect, it } from 'vitest';
import { UnusableConnectionError } from '../../../../src/jobRouter/connection.ts';
import { credentialFor } from '../../../../src/jobRouter/credential.ts';
import { transportOf } from '../../../../src/jobRouter/endpoint.ts';
import { saysThatPackageIsMissing } from '../../../../src/jobRouter/officialClient.ts';
import { openJobRouter } from '../../../../src/jobRouter/openJobRouter.ts';
import { fakeClock } from '../../../support/fakeClock.ts';

const clock = fakeClock('2026-03-02T09:00:00Z');
const SECRET = 'c2VjcmV0';

describe('an endpoint', () => {
  it.each([
    ['https://contoso.communication.azure.com', 'https'],
    ['http://127.0.0.1:7080/', 'loopbackHttp'],
    ['http://localhost:7080', 'loopbackHttp'],
    ['http://router.localhost:7080', 'loopbackHttp'],
    ['http://[::1]:7080', 'loopbackHttp'],
  ])('%s is reached by %s', (endpoint, transport) => {
    expect(transportOf(endpoint)).toBe(transport);
  });

  it.each([
    ['http://contoso.communication.azure.com', 'contoso.communication.azure.com is plain HTTP'],
    ['http://127.0.0.1.example.com', '127.0.0.1.example.com is plain HTTP'],
    ['http://it:secret@localhost.example.com/?key=secret', 'localhost.example.com is plain HTTP'],
    ['ftp://127.0.0.1', 'is not an HTTPS address'],
    ['contoso', 'is not an HTTPS address'],
    ['accesskey:secret', 'is not an HTTPS address'],
  ])('%s is refused, and no more of it is told than its host', (endpoint, problem) => {
    const told = JSON.stringify(transportOf(endpoint));
    expect(told).toContain(problem);
    expect(told).not.toContain('secret');
  });
});

describe('opening a router', () => {
  it('refuses to send keys in clear to another machine, and does not quote the key', () => {
    const endpoint = 'http://contoso.example';
    const open = () => openJobRouter({ kind: 'accessKey', endpoint, key: SECRET }, { clock });
    expect(open).toThrow(UnusableConnectionError);
    expect(open).toThrow(/contoso\.example/);
    expect(open).not.toThrow(SECRET);
  });

  it('refuses an identity over plain HTTP, where its token would be sent in clear', () => {
    const open = () =>
      openJobRouter({ kind: 'managedIdentity', endpoint: 'http://127.0.0.1:7080' }, { clock });
    expect(open).toThrow(UnusableConnectionError);
  });
});

describe('a credential', () => {
  it('is the key of a connection that has one', async () => {
    const connection = { kind: 'accessKey', endpoint: 'https://contoso.example/', key: SECRET } as const;
    expect(await credentialFor(connection)).toEqual({ key: SECRET });
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
    ],
    ['a require finds no module', notFound(`Cannot find module '${name}'`, 'MODULE_NOT_FOUND')],
  ])('counts as missing when %s', (_, error) => {
    expect(saysThatPackageIsMissing(error)).toBe(true);
  });

  it.each([
    [
      'one of its own parts is missing',
      notFound(`Cannot find package 'tslib' imported from /${name}/index.js`, 'ERR_MODULE_NOT_FOUND'),
    ],
    ['it fails while it loads', new TypeError('x is not a function')],
  ])('counts as broken when %s', (_, error) => {
    expect(saysThatPackageIsMissing(error)).toBe(false);
  });
});
