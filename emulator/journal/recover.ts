/** Finds out what a router was from what is left of its journal. */
import { copyFile, rename, truncate } from 'node:fs/promises';
import * as z from 'zod';
import { isCommand, type JournalEntry, type Recovered, type RouterState } from '../router/journal.ts';
import { type DataFolder, journalName, stateName } from './folder.ts';
import { dataOf } from './plainData.ts';
import { readRecords } from './records.ts';

/** The first record of each journal: whether it follows the journal before, or the state beside it only. */
const heading = z.object({ format: z.literal(1), generation: z.int(), continues: z.boolean() });

export const headingText = (generation: number, continues: boolean): string =>
  JSON.stringify({ format: 1, generation, continues });

/** Only what carries its checksum gets this far, so what it says is what we wrote. */
const entryData = z.custom<JournalEntry>(
  (value) => typeof value === 'object' && value !== null && 'at' in value,
);
const stateData = z.custom<RouterState>(
  (value) => typeof value === 'object' && value !== null && 'engine' in value,
);

interface JournalRead {
  readonly generation: number;
  /** Absent when not even the heading is intact. */
  readonly heading: z.output<typeof heading> | undefined;
  readonly entries: readonly JournalEntry[];
  readonly intactBytes: number;
  readonly allBytes: number;
  readonly damage: 'cut' | 'changed' | undefined;
}

async function readJournal(folder: DataFolder, generation: number): Promise<JournalRead> {
  const bytes = (await folder.read(journalName(generation))) ?? Buffer.alloc(0);
  const { texts, intactBytes, damage } = readRecords(bytes);
  const [first, ...rest] = texts;
  return {
    generation,
    heading: first === undefined ? undefined : heading.parse(JSON.parse(first)),
    entries: rest.map((text) => entryData.parse(dataOf(text))),
    intactBytes,
    allBytes: bytes.length,
    damage,
  };
}

type StateRead =
  | { readonly kind: 'intact'; readonly state: RouterState }
  | { readonly kind: 'none' | 'damaged' };

async function readState(folder: DataFolder, generation: number): Promise<StateRead> {
  const bytes = await folder.read(stateName(generation));
  if (!bytes) return { kind: 'none' };
  const { texts, damage } = readRecords(bytes);
  const [text] = texts;
  if (text === undefined || damage) return { kind: 'damaged' };
  return { kind: 'intact', state: stateData.parse(dataOf(text)) };
}

export interface Recovery {
  readonly recovered: Recovered;
  /** The journal to go on with, and how many bytes of it there are. */
  readonly generation: number;
  readonly bytes: number;
}

type Log = (line: string) => void;

interface Base {
  readonly generation: number;
  readonly state?: RouterState;
}

/** The newest generation whose state can be read; the first one needs none. */
async function findBase(folder: DataFolder, generations: readonly number[], log: Log): Promise<Base> {
  for (const generation of generations.toReversed()) {
    const read = await readState(folder, generation);
    if (read.kind === 'intact') return { generation, state: read.state };
    if (read.kind === 'none' && generation === 1) return { generation };
    log(
      `${stateName(generation)} is ${read.kind === 'none' ? 'missing' : 'damaged'}; going back to the one before`,
    );
    if (read.kind === 'damaged') await setAside(folder, stateName(generation));
  }
  if (generations.length > 0) log('No state could be read; the router begins empty');
  return { generation: Math.max(0, ...generations) + 1 };
}

const commandsIn = (entries: readonly JournalEntry[]): number => entries.filter(isCommand).length;

async function setAside(folder: DataFolder, name: string): Promise<void> {
  await rename(folder.pathOf(name), folder.pathOf(`${name}.damaged`));
}

/** The bytes behind the damage are kept under another name before they are taken off. */
async function cutDamage(folder: DataFolder, { generation, intactBytes }: JournalRead): Promise<void> {
  const path = folder.pathOf(journalName(generation));
  await copyFile(path, `${path}.damaged`);
  await truncate(path, intactBytes);
  await folder.sync();
}

/** What is kept for the case that a newer state is damaged is of use only while it is whole itself. */
async function checkSpare(folder: DataFolder, generation: number, log: Log): Promise<void> {
  for (const name of [stateName(generation), journalName(generation)]) {
    const bytes = await folder.read(name);
    if (bytes && readRecords(bytes).damage)
      log(`${name} is damaged; it was only a spare, so nothing is lost`);
  }
}

export async function recover(folder: DataFolder, log: Log): Promise<Recovery> {
  const generations = await folder.generations();
  const base = await findBase(folder, generations, log);
  for (const spare of generations.filter((number) => number < base.generation))
    await checkSpare(folder, spare, log);
  const entries: JournalEntry[] = [];
  let last: Pick<JournalRead, 'generation' | 'intactBytes'> = { generation: base.generation, intactBytes: 0 };
  let isBroken = false;
  for (const generation of generations.filter((number) => number >= base.generation)) {
    const journal = await readJournal(folder, generation);
    const follows = generation === base.generation || journal.heading?.continues === true;
    if (isBroken || !follows) {
      log(`${journalName(generation)} follows what was lost; it is set aside`);
      await setAside(folder, journalName(generation));
      isBroken = true;
      continue;
    }
    entries.push(...journal.entries);
    last = journal;
    if (!journal.damage) continue;
    isBroken = true;
    log(
      `${journalName(generation)} is ${journal.damage} at byte ${journal.intactBytes} of ${journal.allBytes}: ` +
        `the ${commandsIn(journal.entries)} commands before it are recovered, the rest is set aside`,
    );
    await cutDamage(folder, journal);
  }
  const commands = commandsIn(entries);
  if (commands > 0 || base.state) {
    log(
      `Recovered ${base.state ? `the state of ${stateName(base.generation)} and ` : ''}${commands} commands`,
    );
  }
  return {
    recovered: { entries, ...(base.state && { state: base.state }) },
    generation: last.generation,
    bytes: last.intactBytes,
  };
}
