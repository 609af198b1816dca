import { describe, expect, it } from 'vitest';
import { environmentFrom } from '../../../../src/settings/environmentSetting.ts';

const environment = { SCORER: 'https://f.example/', KEY: 'k', AzureWebJobsStorage: 'secret' };

describe('ROUTING_ENVIRONMENT', () => {
  it('names what placeholders may be filled in from; nothing else is there', () => {
    expect(environmentFrom('SCORER, KEY,LATER', environment, [])).toEqual({
      allowed: { SCORER: 'https://f.example/', KEY: 'k', LATER: undefined },
    });
    expect(environmentFrom(undefined, environment, [])).toEqual({ allowed: {} });
  });

  it('gives none of the app’s own settings away', () => {
    expect(
      environmentFrom('KEY,AzureWebJobsStorage,a-b', environment, ['AzureWebJobsStorage']),
    ).toMatchObject({
      setting: 'ROUTING_ENVIRONMENT',
      problem: expect.stringContaining('AzureWebJobsStorage, a-b'),
    });
  });
});
