import { expect, it } from 'vitest';
import { readTextOf } from '../../../../cli/routing/readDocument.ts';

it('says that a file does not exist, and what to do', async () => {
  await expect(readTextOf('no-such.json')).rejects.toMatchObject({
    failure: { message: 'no-such.json does not exist.', fix: 'name a file that exists' },
  });
});

it('says that a folder is one', async () => {
  await expect(readTextOf('cli')).rejects.toThrow('cli is a folder.');
});
