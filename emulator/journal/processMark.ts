/** Which process it was, told so that another one with the same number is not taken for it. */
import { readFile } from 'node:fs/promises';
import { hasCode } from '../errorCode.ts';

export interface ProcessMark {
  readonly pid: number;
  /** Boot of the machine and clock ticks since. Absent where there is no /proc to tell it (macOS, Windows). */
  readonly startedAt?: string;
}

export async function processMark(pid: number): Promise<ProcessMark> {
  const stat = await statOf(pid);
  return { pid, ...(stat && { startedAt: stat.startedAt }) };
}

/**
 * Whether this very process lives. One that ended and was not waited for (a zombie) does not, though it still has its
 * number. Without /proc a number that is in use again is taken for the process.
 */
export async function isAlive({ pid, startedAt }: ProcessMark): Promise<boolean> {
  // In a container the same program has the same number each time.
  if (pid === process.pid && startedAt === undefined) return false;
  const stat = await statOf(pid);
  if (!stat) return isKnown(pid);
  return !stat.hasEnded && (startedAt === undefined || startedAt === stat.startedAt);
}

/** The twentieth field behind the name, which may itself hold spaces and parentheses (proc_pid_stat(5)). */
const STAT = /^.*\) (?<state>\S)(?: \S+){18} (?<ticks>\d+)/s;
const ENDED = new Set(['Z', 'X', 'x']);

async function statOf(pid: number) {
  const [stat, boot] = await Promise.all([
    textOf(`/proc/${pid}/stat`),
    textOf('/proc/sys/kernel/random/boot_id'),
  ]);
  const { state, ticks } = STAT.exec(stat)?.groups ?? {};
  if (state === undefined || ticks === undefined) return undefined;
  return { hasEnded: ENDED.has(state), startedAt: [boot.trim(), ticks].filter(Boolean).join('-') };
}

/** Empty when there is no such file, or none for us. */
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

function isKnown(pid: number): boolean {
  if (pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
