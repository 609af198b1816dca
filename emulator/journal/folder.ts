/**
 * A folder that a journal lives in. Each generation is a journal file and, unless it began empty, the state it
 * follows: `state-000002.json`, `journal-000002.log`. The generation before the newest is kept, so that a damaged
 * state can be made again.
 */
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../errorCode.ts';

const PLACES = 6;
const JOURNAL = /^journal-(\d+)\.log$/;

const numbered = (generation: number): string => String(generation).padStart(PLACES, '0');

export const journalName = (generation: number): string => `journal-${numbered(generation)}.log`;
export const stateName = (generation: number): string => `state-${numbered(generation)}.json`;

export class DataFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  pathOf(name: string): string {
    return join(this.path, name);
  }

  create(): Promise<string | undefined> {
    return mkdir(this.path, { recursive: true });
  }

  /** Oldest first. */
  async generations(): Promise<readonly number[]> {
    const names = await readdir(this.path);
    const numbers = names.flatMap((name) => JOURNAL.exec(name)?.slice(1) ?? []).map(Number);
    return numbers.sort((a, b) => a - b);
  }

  /** Undefined when there is no such file. */
  async read(name: string): Promise<Buffer | undefined> {
    try {
      return await readFile(this.pathOf(name));
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    }
  }

  /** There whole, or not at all, whenever the process ends. */
  async writeWhole(name: string, content: Buffer): Promise<void> {
    const draft = `${name}.draft`;
    const file = await open(this.pathOf(draft), 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(this.pathOf(draft), this.pathOf(name));
    await this.sync();
  }

  remove(name: string): Promise<void> {
    return rm(this.pathOf(name), { force: true });
  }

  /** A new name in a folder is safe only when the folder is. */
  async sync(): Promise<void> {
    const folder = await open(this.path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}
