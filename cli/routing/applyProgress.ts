/** How far a plan has been carried out, on stderr: a bar for a person at a terminal, lines for a log. */
import { SingleBar } from 'cli-progress';
import { type ApplyProgress, nameOf } from '../../src/routing/model.ts';
import { printable } from '../terminal/printable.ts';
import type { CommandOptions } from '../terminal/run.ts';
import { errColors, remark } from '../terminal/say.ts';

/** As a process is ended by SIGINT. */
const INTERRUPTED = 130;

interface Shown {
  readonly onProgress: (progress: ApplyProgress) => void;
  readonly end: () => void;
}

/** Runs `work`, which tells how far it is. Ctrl-C ends the process in words. */
export async function whileApplying<Result>(
  { json = false }: CommandOptions,
  work: (onProgress: Shown['onProgress']) => Promise<Result>,
): Promise<Result> {
  const shown = process.stderr.isTTY ? bar() : json ? silence : lines();
  const interrupt = () => {
    shown.end();
    remark('\nStopped. What was done stays done; run the same command again, and it does what is left.');
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', interrupt);
  try {
    return await work(shown.onProgress);
  } finally {
    process.off('SIGINT', interrupt);
    shown.end();
  }
}

/** Whoever reads JSON from a pipe reads no lines beside it. */
const silence: Shown = { onProgress: () => {}, end: () => {} };

function lines(): Shown {
  const onProgress = (progress: ApplyProgress): void => {
    if (progress.kind === 'level') {
      const { level, levels, changes } = progress;
      remark(`level ${level} of ${levels}: ${changes} ${changes === 1 ? 'change' : 'changes'}`);
      return;
    }
    const { resource, became, done, total } = progress;
    const count = `${String(done).padStart(String(total).length)}/${total}`;
    remark(`  ${count}  ${became.padEnd(9)}  ${printable(nameOf(resource))}`);
  };
  return { onProgress, end: () => {} };
}

function bar(): Shown {
  const bar = new SingleBar({
    format: `  {bar} {value}/{total}  level {level} of {levels}  {duration_formatted}  {last}`,
    barCompleteChar: errColors.isColorSupported ? '█' : '#',
    barIncompleteChar: errColors.isColorSupported ? '░' : '.',
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  let isStarted = false;
  let at = { level: 1, levels: 1 };
  const onProgress = (progress: ApplyProgress): void => {
    if (progress.kind === 'level') {
      at = { level: progress.level, levels: progress.levels };
      return;
    }
    const { resource, became, done, total } = progress;
    const shown = { ...at, last: `${became} ${printable(nameOf(resource))}` };
    if (!isStarted) bar.start(total, 0, shown);
    isStarted = true;
    bar.update(done, shown);
  };
  return { onProgress, end: () => isStarted && bar.stop() };
}
