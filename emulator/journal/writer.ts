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

/** Writes to the end of `path`; `inTurn` may move on to another file by giving its path. */
export async function openWriter(path: string): Promise<RecordWriter> {
  let file = await open(path, 'a');
  let work: Work[] = [];
  let flushing: Promise<void> | undefined;

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

  async function flush(): Promise<void> {
    // One turn of the event loop gathers what other requests append meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
    while (work.length > 0) {
      const taken = work;
      work = [];
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
    flushing = undefined;
  }

  /** A flush that failed stays: the file ends nobody knows where, so nothing may be written behind it. */
  function begin(next: Work): void {
    work.push(next);
    flushing ??= flush();
    flushing.catch(() => {});
  }

  return {
    append: (text) => begin({ record: recordOf(text) }),
    inTurn: (task) => begin({ task }),
    kept: async () => flushing,
    async close() {
      try {
        await flushing;
      } finally {
        await file.close();
      }
    },
  };
}
