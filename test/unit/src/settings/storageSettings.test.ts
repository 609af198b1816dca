import { describe, expect, it } from 'vitest';
import { storageFrom } from '../../../../src/settings/storageSettings.ts';
import { workSecretFrom } from '../../../../src/settings/workSettings.ts';

describe('the storage account', () => {
  it.each([
    'UseDevelopmentStorage=true',
    'DefaultEndpointsProtocol=https;AccountName=it;AccountKey=a2V5;EndpointSuffix=core.windows.net',
    'QueueEndpoint=https://it.queue.core.windows.net/;SharedAccessSignature=sv=1',
  ])('may be named by a connection string', (connectionString) => {
    expect(storageFrom({ AzureWebJobsStorage: connectionString })).toEqual({
      kind: 'connectionString',
      connectionString,
    });
  });

  it('may be reached by an identity, at the address or by the name of the account', () => {
    const queueServiceUri = 'https://it.queue.core.windows.net';
    expect(
      storageFrom({
        AzureWebJobsStorage__queueServiceUri: queueServiceUri,
        AzureWebJobsStorage__clientId: 'client',
      }),
    ).toEqual({ kind: 'managedIdentity', queueServiceUri, clientId: 'client' });
    expect(storageFrom({ AzureWebJobsStorage__accountName: 'it' })).toEqual({
      kind: 'managedIdentity',
      queueServiceUri,
    });
  });

  it('may be missing', () => {
    expect(storageFrom({})).toBeUndefined();
  });

  it('is refused by the name of its setting, and its value is not told', () => {
    const problem = storageFrom({ AzureWebJobsStorage: 'hunter2' });
    expect(problem).toMatchObject({ setting: 'AzureWebJobsStorage' });
    expect(JSON.stringify(problem)).not.toContain('hunter2');
    expect(storageFrom({ AzureWebJobsStorage__queueServiceUri: 'http://it.example' })).toMatchObject({
      setting: 'AzureWebJobsStorage__queueServiceUri',
    });
  });
});

it('a signing secret that is none is refused, and its value is not told', () => {
  expect(workSecretFrom(undefined)).toBeUndefined();
  const problem = workSecretFrom('hunter2');
  expect(problem).toMatchObject({ setting: 'WORK_SIGNING_SECRET' });
  expect(JSON.stringify(problem)).not.toContain('hunter2');
});
