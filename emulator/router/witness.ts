/** Stands between the engine and the world: notes what a command takes from it, or hands out what was noted. */
import type { Clock } from '../clock/clock.ts';
import type { Instant } from '../clock/instant.ts';
import type { Command } from './engine/commands.ts';
import type { EnginePorts } from './engine/engine.ts';
import type { CommandEntry } from './journal.ts';

interface World {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly random: () => number;
}

/** The engine does not do what it did: another version of it, most likely. */
class CannotReplay extends Error {
  override readonly name = 'CannotReplay';
}

interface Watched<Result> {
  readonly result: Result;
  readonly entry: CommandEntry;
}

export interface Witness {
  readonly ports: Omit<EnginePorts, 'parseExpression'>;
  /** Runs `act`, which handles the command, and tells what it took. */
  watch<Result>(command: Command, pending: number | undefined, act: () => Result): Watched<Result>;
  /** Runs `act` in the world of the entry. */
  again<Result>(entry: CommandEntry, act: () => Result): Result;
}

type Ports = Witness['ports'];

export function createWitness(world: World): Witness {
  const outside: Ports = { now: world.clock.now, newId: world.newId, random: world.random };
  let current = outside;

  function within<Result>(ports: Ports, act: () => Result): Result {
    current = ports;
    try {
      return act();
    } finally {
      current = outside;
    }
  }

  return {
    ports: {
      now: () => current.now(),
      newId: () => current.newId(),
      random: () => current.random(),
    },
    watch(command, pending, act) {
      const at = world.clock.now();
      const [ids, chances]: [string[], number[]] = [[], []];
      const noting = notingPorts(world, at, ids, chances);
      const result = within(noting, act);
      return { result, entry: { at, command, ids, chances, ...(pending !== undefined && { pending }) } };
    },
    again: (entry, act) => within(rememberingPorts(entry), act),
  };
}

const noted = <Value>(value: Value, notes: Value[]): Value => {
  notes.push(value);
  return value;
};

const notingPorts = (world: World, at: Instant, ids: string[], chances: number[]): Ports => ({
  now: () => at,
  newId: () => noted(world.newId(), ids),
  random: () => noted(world.random(), chances),
});

function rememberingPorts({ at, command, ids, chances }: CommandEntry): Ports {
  const next = <Value>(values: Iterator<Value>, what: string): Value => {
    const { done, value } = values.next();
    if (done) throw new CannotReplay(`${command.type} at ${at} asks for more ${what} than it did`);
    return value;
  };
  const [restOfIds, restOfChances] = [ids.values(), chances.values()];
  return {
    now: () => at,
    newId: () => next(restOfIds, 'ids'),
    random: () => next(restOfChances, 'chances'),
  };
}
