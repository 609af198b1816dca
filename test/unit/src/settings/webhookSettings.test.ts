import { describe, expect, it } from 'vitest';
import {
  isGuardedByKey,
  type WebhookEnvironment,
  webhookFrom,
} from '../../../../src/settings/webhookSettings.ts';

const wrong = (settings: WebhookEnvironment) => {
  const read = webhookFrom(settings);
  return 'guard' in read ? [] : read.map(({ setting }) => setting);
};

describe('the guard of the webhook', () => {
  it('is the key of the function, and Event Grid of the public cloud is expected, unless said otherwise', () => {
    expect(webhookFrom({})).toEqual({
      guard: { kind: 'functionKey' },
      allowedOrigins: ['eventgrid.azure.net'],
    });
  });

  it('is one of several secrets', () => {
    expect(webhookFrom({ WEBHOOK_GUARD: 'sharedSecret', WEBHOOK_SECRETS: ' new, old ,' })).toMatchObject({
      guard: { kind: 'sharedSecret', secrets: ['new', 'old'] },
    });
  });

  it('is a token that was issued to Event Grid, unless other callers are named', () => {
    const settings = {
      WEBHOOK_GUARD: 'entraToken',
      WEBHOOK_TENANT_ID: 'tenant-1',
      WEBHOOK_AUDIENCE: 'app-1,api://app-1',
    };
    expect(webhookFrom(settings)).toMatchObject({
      guard: {
        kind: 'entraToken',
        tenantId: 'tenant-1',
        audiences: ['app-1', 'api://app-1'],
        callers: ['4962773b-9cdb-44cf-a8bf-237846a00ab7'],
        authority: 'https://login.microsoftonline.com',
      },
    });
    expect(
      webhookFrom({
        ...settings,
        WEBHOOK_CALLERS: 'a,b',
        WEBHOOK_AUTHORITY: 'https://login.microsoftonline.us/',
      }),
    ).toMatchObject({ guard: { callers: ['a', 'b'], authority: 'https://login.microsoftonline.us' } });
  });

  it.each<[WebhookEnvironment, string[]]>([
    [{ WEBHOOK_GUARD: 'sharedsecret' }, ['WEBHOOK_GUARD']],
    [{ WEBHOOK_GUARD: 'sharedSecret' }, ['WEBHOOK_SECRETS']],
    [{ WEBHOOK_GUARD: 'sharedSecret', WEBHOOK_SECRETS: ' , ' }, ['WEBHOOK_SECRETS']],
    [{ WEBHOOK_GUARD: 'entraToken' }, ['WEBHOOK_TENANT_ID', 'WEBHOOK_AUDIENCE']],
    [
      { WEBHOOK_GUARD: 'entraToken', WEBHOOK_TENANT_ID: '../x', WEBHOOK_AUDIENCE: 'a' },
      ['WEBHOOK_TENANT_ID'],
    ],
    [
      {
        WEBHOOK_GUARD: 'entraToken',
        WEBHOOK_TENANT_ID: 't',
        WEBHOOK_AUDIENCE: 'a',
        WEBHOOK_AUTHORITY: 'http://login.example.com',
      },
      ['WEBHOOK_AUTHORITY'],
    ],
  ])('%j is refused for %j', (settings, names) => {
    expect(wrong(settings)).toEqual(names);
  });

  it('never quotes a secret', () => {
    const settings = {
      WEBHOOK_GUARD: 'entraToken',
      WEBHOOK_SECRETS: 'a secret',
      WEBHOOK_TENANT_ID: 'a secret',
    };
    expect(JSON.stringify(webhookFrom(settings))).not.toContain('a secret');
  });

  it.each([
    [undefined, true],
    ['', true],
    ['functionKey', true],
    ['sharedsecret', true],
    ['sharedSecret', false],
    [' entraToken ', false],
  ])('"%s" leaves the key in force: %s', (guard, isKept) => {
    expect(isGuardedByKey(guard)).toBe(isKept);
  });
});

it('senders of CloudEvents are listed', () => {
  expect(webhookFrom({ WEBHOOK_ALLOWED_ORIGINS: 'EventGrid.Azure.us, eventgrid.azure.cn' })).toMatchObject({
    allowedOrigins: ['eventgrid.azure.us', 'eventgrid.azure.cn'],
  });
});
