/** The journal of a router in a folder of its own: docs/decisions/008-durability.md tells why it is as it is. */
import type { Journal, Recovered } from '../router/journal.ts';
import { DataFolder, journalName, stateName } from './folder.ts';
import { lockFile, type Unlock } from './lock.ts';
import { dataText } from './plainData.ts';
import { recordOf } from './records.ts';
import { headingText, recover } from './recover.ts';
import { openWriter, type RecordWriter } from './writer.ts';

export interface OpenedJournal {
  readonly journal: Journal;
  readonly recovered: Recovered;
}

export interface JournalOptions {
  /** Told in sentences what was found. */
  readonly log?: ((line: string) => void) | undefined;
  /** How large a journal grows before the state is written instead. */
  readonly largestJournalBytes?: number;
}

const LARGEST_JOURNAL_BYTES = 32 * 1024 * 1024;

/** Throws when another process uses the folder. What is damaged is set aside, said, and recovered up to there. */
export async function openJournal(path: string, options: JournalOptions = {}): Promise<OpenedJournal> {
  const { log = () => {}, largestJournalBytes = LARGEST_JOURNAL_BYTES } = options;
  const folder = new DataFolder(path);
  await folder.create();
  const unlock = await lockFile(folder.pathOf('lock'));
  try {
    const { recovered, generation, bytes } = await recover(folder, log);
    const writer = await openWriter(folder.pathOf(journalName(generation)));
    if (bytes === 0) writer.append(headingText(generation, false));
    return {
      recovered,
      journal: journalOver({ folder, writer, generation, bytes, largestJournalBytes, unlock }),
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

interface JournalParts {
  readonly folder: DataFolder;
  readonly writer: RecordWriter;
  /** The one that is written to. */
  readonly generation: number;
  /** How many bytes it has already. */
  readonly bytes: number;
  readonly largestJournalBytes: number;
  readonly unlock: Unlock;
}

function journalOver(parts: JournalParts): Journal {
  const { folder, writer, largestJournalBytes, unlock } = parts;
  let { generation, bytes } = parts;

  /** The state is safe before the first record that needs it is written. */
  async function moveTo(next: number, text: string, continues: boolean): Promise<string> {
    await folder.writeWhole(stateName(next), recordOf(text));
    await folder.writeWhole(journalName(next), recordOf(headingText(next, continues)));
    for (const old of await folder.generations()) {
      if (old >= next - 1) continue;
      await folder.remove(stateName(old));
      await folder.remove(journalName(old));
    }
    return folder.pathOf(journalName(next));
  }

  return {
    append(entry) {
      const text = dataText(entry);
      bytes += text.length;
      writer.append(text);
    },
    kept: writer.kept,
    wantsState: () => bytes > largestJournalBytes,
    begin(state, isContinuation) {
      const next = ++generation;
      const text = dataText(state);
      bytes = 0;
      writer.inTurn(() => moveTo(next, text, isContinuation));
    },
    async close() {
      try {
        await writer.close();
      } finally {
        await unlock();
      }
    },
  };
}
