import { describe, expect, it } from 'vitest';
import { connectionStringOf } from '../../../emulator/azurite.ts';
import { isNamedLikeASecret, secretsIn } from '../../../packaging/secretShapes.ts';

/** 32 characters, put together so that no scanner of repositories takes this file for a leak. */
const VALUE = 'abcdEFGH'.repeat(4);

describe('the shapes of secrets', () => {
  it.each([
    ['a Communication Services access key', `endpoint=https://a/;accesskey=${VALUE}==`],
    ['a storage account key', `AccountName=a;AccountKey=${VALUE}==`],
    ['a shared access key', `SharedAccessKey=${VALUE}=`],
    ['a shared access signature', `https://a.blob.core.windows.net/b?sv=1&sig=${VALUE}`],
    ['a function key', `https://a.azurewebsites.net/api/router-events?code=${VALUE}`],
    ['a private key', `-----BEGIN PRIVATE ${'KEY'}-----\n${VALUE}`],
    ['a token', `eyJ${VALUE}.eyJ${VALUE}.c`],
  ])('knows %s', (what, text) => {
    expect(secretsIn(text)).toEqual([what]);
  });

  it('lets the words pass that only tell people what to write', () => {
    expect(secretsIn('endpoint=https://<resource>.communication.azure.com/;accesskey=<key>')).toEqual([]);
    expect(secretsIn('/api/router-events?code=<function key>')).toEqual([]);
  });

  it('lets the key pass that Azurite is published with, and no other beside it', () => {
    const published = connectionStringOf('http://127.0.0.1:10001');
    expect(secretsIn(published)).toEqual([]);
    expect(secretsIn(`${published} AccountKey=${VALUE}`)).toEqual(['a storage account key']);
  });

  it('takes a settings file for one, and its example not', () => {
    expect(isNamedLikeASecret('local.settings.json')).toBe(true);
    expect(isNamedLikeASecret('local.settings.json.example')).toBe(false);
  });
});
