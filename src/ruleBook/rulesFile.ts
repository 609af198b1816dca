import { readFile, stat } from 'node:fs/promises';
import { formatNamed } from '../input/text/readText.ts';
import type { RulesReader } from './rulesReader.ts';

/** Rules in a file. To look whether it has changed costs next to nothing. */
export const rulesFile = (path: string): RulesReader => ({
  name: `the file ${path}`,
  format: formatNamed(path),
  looksAgainAfterSeconds: 1,
  async read(known) {
    const { mtimeMs, size, ino } = await stat(path);
    // The inode tells a file that was put in place of another, within one tick of the clock and as long as that.
    const version = `${ino} ${mtimeMs} ${size}`;
    return version === known ? 'unchanged' : { text: await readFile(path, 'utf8'), version };
  },
});
