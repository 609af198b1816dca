import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockFile } from '../../../../emulator/journal/lock.ts';
import { newFolder, removeFolder } from '../../../support/durableRouter.ts';

let folder: string;
let lock: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await newFolder();
  lock = join(folder, 'lock');
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  await removeFolder(folder);
});

/** Starts a process and gives the first thing it says. */
async function firstWordOf(command: string, ...args: string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const [word] = await once(child.stdout, 'data');
  return String(word).trim();
}

it('is given back whole', async () => {
  const unlock = await lockFile(lock);
  await expect(lockFile(lock)).rejects.toThrow(`Process ${process.pid} is using the data folder`);
  await unlock();
  expect(await readdir(folder)).toEqual([]);
});

it('keeps others out while a process with its number lives, where only the number is known', async () => {
  await writeFile(lock, String(process.ppid));
  await expect(lockFile(lock)).rejects.toThrow(`Process ${process.ppid} is using the data folder`);
  expect(await readdir(folder)).toEqual(['lock']);
});

it.each(['999999999', '999999999 a-boot-7', '', 'not a process'])(
  'is taken over from a process that is gone: %j',
  async (text) => {
    await writeFile(lock, text);
    const unlock = await lockFile(lock);
    expect(await readFile(lock, 'utf8')).toMatch(new RegExp(`^${process.pid}\\b`));
    expect(await readdir(folder)).toEqual(['lock']);
    await unlock();
  },
);

it('is taken over when its number was left by an earlier process and given to this one', async () => {
  await writeFile(lock, String(process.pid));
  await (await lockFile(lock))();
});

const onLinux = it.skipIf(process.platform !== 'linux');

onLinux('is taken over when the number was given to another process since', async () => {
  await writeFile(lock, `${process.ppid} another-boot-1`);
  await (await lockFile(lock))();
});

onLinux('is taken over from a process that ended and was not waited for', async () => {
  const pid = await firstWordOf('sh', '-c', 'sleep 0.05 & echo $!; exec sleep 60');
  await expect.poll(() => readFile(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ');
  await writeFile(lock, pid);
  await (await lockFile(lock))();
});

it('goes to one of many that find it abandoned at the same moment', async () => {
  await writeFile(lock, '999999999');
  const source = new URL('../../../../emulator/journal/lock.ts', import.meta.url).href;
  const script = `
    import { lockFile } from ${JSON.stringify(source)};
    process.stdin.resume();
    console.log(await lockFile(${JSON.stringify(lock)}).then(() => 'held', () => 'refused'));`;
  const words = await Promise.all(
    Array.from({ length: 4 }, () =>
      firstWordOf(process.execPath, '--input-type=module-typescript', '-e', script),
    ),
  );
  expect(words.toSorted()).toEqual(['held', 'refused', 'refused', 'refused']);
});
