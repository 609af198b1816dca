/** One process at a time in a folder: two journals in one would be none. */
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hasCode } from '../errorCode.ts';
import { isAlive, type ProcessMark, processMark } from './processMark.ts';

export type Unlock = () => Promise<void>;

/** Throws when a living process holds the folder, this one included. The lock of a dead one is taken over. */
export async function lockFile(path: string): Promise<Unlock> {
  const own = await processMark(process.pid);
  const claim = `${path}.${own.pid}`;
  await writeFile(claim, textOf(own));
  try {
    await take(path, claim);
  } finally {
    await rm(claim, { force: true });
  }
  return () => rm(path, { force: true });
}

/** A link is there whole or not at all, so nobody reads half a lock. */
async function take(path: string, claim: string): Promise<void> {
  while (!(await unless('EEXIST', link(claim, path)))) {
    const holder = await holderOf(path);
    if (!holder) continue;
    if (await isAlive(holder)) {
      throw new Error(`Process ${holder.pid} is using the data folder already (${path})`);
    }
    if (await succeed(holder, path, claim)) return;
  }
}

/** Of several that find the lock of a dead process, one replaces it: the one that holds the lock of its succession. */
async function succeed(dead: ProcessMark, path: string, claim: string): Promise<boolean> {
  const succession = `${path}.after-${textOf(dead).replace(' ', '-')}`;
  await take(succession, claim);
  try {
    const holder = await holderOf(path);
    if (!holder || textOf(holder) !== textOf(dead)) return false;
    await rename(succession, path);
    return true;
  } finally {
    await rm(succession, { force: true });
  }
}

const textOf = ({ pid, startedAt }: ProcessMark): string =>
  startedAt === undefined ? String(pid) : `${pid} ${startedAt}`;

/** Undefined when nobody holds the lock. One that says nothing is of process 0, which never lives. */
async function holderOf(path: string): Promise<ProcessMark | undefined> {
  const file = await unless('ENOENT', readFile(path, 'utf8'));
  if (!file) return undefined;
  const [, pid = '0', startedAt] = /^(\d+)(?: ([\w-]+))?$/.exec(file.done.trim()) ?? [];
  return { pid: Number(pid), ...(startedAt !== undefined && { startedAt }) };
}

/** What came of it; undefined when it failed in the way that was to be expected. */
async function unless<Value>(
  code: string,
  act: Promise<Value>,
): Promise<{ readonly done: Value } | undefined> {
  try {
    return { done: await act };
  } catch (error) {
    if (hasCode(error, code)) return undefined;
    throw error;
  }
}
