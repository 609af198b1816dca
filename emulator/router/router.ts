import type { Clock } from '../clock/clock.ts';
import type { AnswerOf, CommandOf, CommandType } from './engine/commands.ts';
import type { Answer, EngineReads, RouterEngine } from './engine/engine.ts';
import type { Fact } from './engine/facts.ts';

export type FactListener = (fact: Fact) => void;

/** A router that lives: the engine, given its later commands by a clock, with somebody listening. */
export interface Router {
  readonly read: EngineReads;
  handle<Type extends CommandType>(command: CommandOf<Type>): Answer<AnswerOf<Type>>;
}

/**
 * Drives an engine: hands its facts to `onFact`, in order and before the caller has its answer, and asks the
 * clock to send its later commands.
 */
export function createRouter(engine: RouterEngine, clock: Clock, onFact: FactListener): Router {
  function handle<Type extends CommandType>(command: CommandOf<Type>): Answer<AnswerOf<Type>> {
    const { answer, facts, later } = engine.handle(command);
    for (const { at, command: next } of later) clock.at(at, () => void handle(next));
    for (const fact of facts) onFact(fact);
    return answer;
  }
  return { handle, read: engine.read };
}
