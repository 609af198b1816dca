/**
 * What a router writes down so that it can be the same router again: every command with all it took from the world.
 * The engine is deterministic, so a state and the commands since give the state after them.
 */
import type { Instant } from '../clock/instant.ts';
import type { Command } from './engine/commands.ts';
import type { SavedEngine } from './engine/savedEngine.ts';

export interface CommandEntry {
  readonly at: Instant;
  readonly command: Command;
  /** The ids and chances the engine asked for, in order. */
  readonly ids: readonly string[];
  readonly chances: readonly number[];
  /** The number of the pending command this was; absent when it came from outside. */
  readonly pending?: number;
}

/** Time was moved by hand to here. What fell due on the way has entries of its own. */
export interface TimeEntry {
  readonly at: Instant;
}

export type JournalEntry = CommandEntry | TimeEntry;

export const isCommand = (entry: JournalEntry): entry is CommandEntry => 'command' in entry;

/** A command the engine wants to hear at its time, by the number it was given. */
export interface PendingCommand {
  readonly number: number;
  readonly at: Instant;
  readonly command: Command;
}

/** A router between two commands, whole. */
export interface RouterState {
  readonly at: Instant;
  readonly engine: SavedEngine;
  readonly pending: readonly PendingCommand[];
  /** How many commands were ever pending. */
  readonly numbersGiven: number;
}

/** What a router was when it was last heard of. */
export interface Recovered {
  /** Absent: it began empty. */
  readonly state?: RouterState;
  /** What came after the state, oldest first. */
  readonly entries: readonly JournalEntry[];
}

export interface Journal {
  /** Takes the entry on; it is safe when `kept()` resolves. */
  append(entry: JournalEntry): void;
  /** Resolves when everything taken on so far is safe. Rejects when it never will be. */
  kept(): Promise<void>;
  /** True when so much was appended that the state had better be written instead. */
  wantsState(): boolean;
  /** What is appended from now on follows this state. `isContinuation`: so does it from what was appended before. */
  begin(state: RouterState, isContinuation: boolean): void;
  close(): Promise<void>;
}
