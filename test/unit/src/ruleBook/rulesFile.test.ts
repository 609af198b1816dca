import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rulesFile } from '../../../../src/ruleBook/rulesFile.ts';

it('tells a file that has changed from one that has not, however it was changed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rules-file-'));
  const path = join(folder, 'rules.json');
  const reader = rulesFile(path);
  const versionNow = async () => {
    const read = await reader.read(undefined);
    return read === 'unchanged' ? undefined : read.version;
  };
  const longAgo = new Date('2026-03-02T09:00:00Z');
  try {
    await writeFile(path, 'one');
    await utimes(path, longAgo, longAgo);
    const first = await versionNow();
    expect(await reader.read(first)).toBe('unchanged');
    await writeFile(path, 'two');
    expect(await reader.read(first)).toMatchObject({ text: 'two' });
    const second = await versionNow();
    // Put in its place, as long and as old: only that it is another file tells.
    await writeFile(join(folder, 'new.json'), 'six');
    await utimes(path, longAgo, longAgo);
    const old = await versionNow();
    await utimes(join(folder, 'new.json'), longAgo, longAgo);
    await rename(join(folder, 'new.json'), path);
    expect(old).not.toBe(second);
    expect(await reader.read(old)).toMatchObject({ text: 'six' });
    await rm(path);
    await expect(reader.read(second)).rejects.toThrow('ENOENT');
  } finally {
    await rm(folder, { recursive: true });
  }
});
