/** One process at a time in a folder: two journals in one would be none. */
import { open, readFile, rm } from 'node:fs/promises';

export type Unlock = () => Promise<void>;

/** Throws when a living process holds the folder. The lock of a dead one is taken over. */
export async function lockFile(path: string): Promise<Unlock> {
  const holder = await holderOf(path);
  if (holder !== undefined && isAlive(holder)) {
    throw new Error(`Process ${holder} is using the data folder already (${path})`);
  }
  await rm(path, { force: true });
  const file = await open(path, 'wx');
  try {
    await file.writeFile(String(process.pid));
  } finally {
    await file.close();
  }
  return () => rm(path, { force: true });
}

async function holderOf(path: string): Promise<number | undefined> {
  try {
    const pid = Number(await readFile(path, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
