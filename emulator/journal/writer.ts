/** Appends records to a file and makes them safe, as many at a time as came together while the disk was busy. */
import { open } from 'node:fs/promises';
import { recordOf } from './records.ts';

export interface RecordWriter {
  append(text: string): void;
  /** Has `task` run when everything appended before is safe, and before anything appended later is written. */
  inTurn(task: () => Promise<string>): void;
  /** Resolves when everything appended so far is safe. Rejects, from the first failure on for ever, when it is not. */
  kept(): Promise<void>;
  close(): Promise<void>;
}

type Work = { readonly record: Buffer } | { readonly task: () => Promise<string> };

interface Waiter {
  /** How much work must be done. */
  readonly until: number;
  readonly settle: PromiseWithResolvers<void>;
}

/** Writes to the end of `path`; `inTurn` may move on to another file by giving its path. */
export async function openWriter(path: string): Promise<RecordWriter> {
  let file = await open(path, 'a');
  let work: Work[] = [];
  let [begun, done] = [0, 0];
  let waiters: Waiter[] = [];
  let isFlushing = false;
  /** The file ends nobody knows where, so nothing may be written behind it any more. */
  let failure: { readonly error: unknown } | undefined;

  async function write(records: readonly Buffer[]): Promise<void> {
    if (records.length === 0) return;
    await file.appendFile(Buffer.concat(records));
    await file.datasync();
  }

  async function moveOn(task: () => Promise<string>): Promise<void> {
    const next = await task();
    await file.close();
    file = await open(next, 'a');
  }

  async function doAll(taken: readonly Work[]): Promise<void> {
    let records: Buffer[] = [];
    for (const one of taken) {
      if ('record' in one) {
        records.push(one.record);
        continue;
      }
      await write(records);
      records = [];
      await moveOn(one.task);
    }
    await write(records);
  }

  /** Those whose work is done go on, however much has come since. */
  function settleWaiters(): void {
    const stillWaiting: Waiter[] = [];
    for (const waiter of waiters) {
      if (failure) waiter.settle.reject(failure.error);
      else if (waiter.until <= done) waiter.settle.resolve();
      else stillWaiting.push(waiter);
    }
    waiters = stillWaiting;
  }

  async function flush(): Promise<void> {
    // One turn of the event loop gathers what other requests append meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
    try {
      while (work.length > 0) {
        const taken = work;
        work = [];
        await doAll(taken);
        done += taken.length;
        settleWaiters();
      }
      isFlushing = false;
    } catch (error) {
      failure = { error };
      settleWaiters();
    }
  }

  function begin(next: Work): void {
    begun += 1;
    work.push(next);
    if (isFlushing) return;
    isFlushing = true;
    void flush();
  }

  async function kept(): Promise<void> {
    if (failure) throw failure.error;
    if (done === begun) return;
    const settle = Promise.withResolvers<void>();
    waiters.push({ until: begun, settle });
    await settle.promise;
  }

  return {
    append: (text) => begin({ record: recordOf(text) }),
    inTurn: (task) => begin({ task }),
    kept,
    async close() {
      try {
        await kept();
      } finally {
        await file.close();
      }
    },
  };
}
