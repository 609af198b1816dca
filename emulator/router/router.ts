import type { CancelRun, Clock } from '../clock/clock.ts';
import type { Instant } from '../clock/instant.ts';
import type { AnswerOf, Command, CommandOf, CommandType } from './engine/commands.ts';
import type {
  Answer,
  EnginePorts,
  EngineReads,
  Handled,
  OutsideCall,
  RouterEngine,
} from './engine/engine.ts';
import type { Fact } from './engine/facts.ts';
import type { SavedEngine } from './engine/savedEngine.ts';
import {
  type CommandEntry,
  isCommand,
  type Journal,
  type PendingCommand,
  type Recovered,
  type RouterState,
} from './journal.ts';
import { createWitness } from './witness.ts';

export type FactListener = (fact: Fact) => void;
export type CallListener = (call: OutsideCall) => void;

/** What the surface needs of a router. */
export interface Router {
  readonly read: EngineReads;
  handle<Type extends CommandType>(command: CommandOf<Type>): Answer<AnswerOf<Type>>;
}

/** A router that lives: the engine, given its later commands by a clock, with somebody listening. */
export interface LiveRouter extends Router {
  /** Resolves when everything that happened so far would survive the end of the process; at once without a journal. */
  kept(): Promise<void>;
  /** Resolves when a router that is opened again would not be earlier than now: a clock moved by hand is nowhere else. */
  keepTime(): Promise<void>;
  save(): RouterState;
  /** Becomes the router that was saved, or an empty one. What was pending is forgotten. */
  load(state: RouterState | undefined): void;
  close(): Promise<void>;
}

export interface RouterOptions {
  /** Makes an engine, empty or as it was saved. */
  readonly startEngine: (ports: Omit<EnginePorts, 'parseExpression'>, saved?: SavedEngine) => RouterEngine;
  readonly clock: Clock;
  /** A fresh GUID. */
  readonly newId: () => string;
  /** At least 0, less than 1. */
  readonly random: () => number;
  /** Hears the facts in order, each once; with a journal when they are safe, without one before the caller has its answer. */
  readonly onFact: FactListener;
  /** Is to put the call through and to hand in what came of it as `OutsideCallAnswered`. */
  readonly onCall?: CallListener;
  readonly journal?: Journal;
  readonly recovered?: Recovered;
}

interface Waiting extends PendingCommand {
  readonly cancel: CancelRun;
}

export function createRouter(options: RouterOptions): LiveRouter {
  const { clock, onFact, onCall = () => {}, journal, recovered } = options;
  const witness = createWitness(options);
  const waiting = new Map<number, Waiting>();
  let numbersGiven = 0;
  let engine = options.startEngine(witness.ports);

  /** Has the clock send the command, under the number by which the journal knows it. */
  function ask({ number, at, command }: PendingCommand): void {
    const cancel = clock.at(at, () => {
      waiting.delete(number);
      perform(command, number);
    });
    waiting.set(number, { number, at, command, cancel });
  }

  function perform<Type extends CommandType>(
    command: CommandOf<Type> & Command,
    pending?: number,
  ): Answer<AnswerOf<Type>> {
    const { result, entry } = witness.watch<Handled<AnswerOf<Type>>>(command, pending, () =>
      engine.handle<Type>(command),
    );
    journal?.append(entry);
    for (const later of result.later) ask({ number: ++numbersGiven, ...later });
    announce(result);
    if (journal?.wantsState()) journal.begin(save(), true);
    return result.answer;
  }

  /** The world hears of nothing that could still be forgotten. */
  function announce({ facts, calls }: Pick<Handled<unknown>, 'facts' | 'calls'>): void {
    const tell = () => {
      for (const fact of facts) onFact(fact);
      for (const call of calls) onCall(call);
    };
    if (facts.length === 0 && calls.length === 0) return;
    // What cannot be kept is refused where it was asked for, so here it is only not told.
    if (journal) journal.kept().then(tell, () => {});
    else tell();
  }

  const save = (): RouterState => ({
    at: clock.now(),
    engine: engine.save(),
    pending: [...waiting.values()].map(({ number, at, command }) => ({ number, at, command })),
    numbersGiven,
  });

  function become(state: RouterState | undefined): Map<number, PendingCommand> {
    for (const { cancel } of waiting.values()) cancel();
    waiting.clear();
    engine = options.startEngine(witness.ports, state?.engine);
    numbersGiven = state?.numbersGiven ?? 0;
    return new Map((state?.pending ?? []).map((pending) => [pending.number, pending]));
  }

  /** Goes on as a recovered router does: what is overdue comes at once, what was being asked is asked again. */
  function resume(pending: ReadonlyMap<number, PendingCommand>): void {
    for (const command of pending.values()) ask(command);
    announce({ facts: [], calls: engine.read.outsideCalls() });
  }

  function replay(pending: Map<number, PendingCommand>, entry: CommandEntry): void {
    const { later } = witness.again(entry, () => engine.handle(entry.command));
    if (entry.pending !== undefined) pending.delete(entry.pending);
    for (const next of later) pending.set(++numbersGiven, { number: numbersGiven, ...next });
  }

  if (recovered) {
    const pending = become(recovered.state);
    for (const entry of recovered.entries.filter(isCommand)) replay(pending, entry);
    resume(pending);
  }

  return {
    get read() {
      return engine.read;
    },
    handle<Type extends CommandType>(command: CommandOf<Type> & Command): Answer<AnswerOf<Type>> {
      return perform<Type>(command);
    },
    kept: async () => journal?.kept(),
    async keepTime() {
      journal?.append({ at: clock.now() });
      await journal?.kept();
    },
    save,
    load(state) {
      resume(become(state));
      journal?.begin(save(), false);
    },
    async close() {
      for (const { cancel } of waiting.values()) cancel();
      await journal?.close();
    },
  };
}

/** The last instant that a recovered router knows of. */
export const lastHeardOf = ({ state, entries }: Recovered): Instant | undefined =>
  entries.at(-1)?.at ?? state?.at;
