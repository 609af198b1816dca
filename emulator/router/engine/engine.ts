import type { Instant } from '../../clock/instant.ts';
import type { AnswerOf, Command, CommandOf, CommandType } from './commands.ts';
import type { Fact } from './facts.ts';
import type { EngineFailure } from './failures.ts';
import type { DistributionPolicyId, JobId, QueueId, WorkerId } from './ids.ts';
import type { DistributionPolicyView, JobView, QueueView, WorkerView } from './model.ts';

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: EngineFailure };

/** A command the engine wants to be given at `at`. */
export interface Later {
  readonly at: Instant;
  readonly command: Command;
}

export interface Handled<Value> {
  readonly answer: Answer<Value>;
  /** What happened, in order. Empty when the command was refused. */
  readonly facts: readonly Fact[];
  readonly later: readonly Later[];
}

/** How long the real service lets pass; all zero in tests. Milliseconds. */
export interface Delays {
  readonly enqueue: { readonly min: number; readonly max: number };
  readonly offer: { readonly min: number; readonly max: number };
}

/** Everything the engine takes from the world. */
export interface EnginePorts {
  now(): Instant;
  /** A fresh GUID. */
  newId(): string;
  /** At least 0, less than 1. */
  random(): number;
}

/** Newest created first, as the service lists. */
export interface EngineReads {
  distributionPolicy(id: DistributionPolicyId): DistributionPolicyView | undefined;
  distributionPolicies(): readonly DistributionPolicyView[];
  queue(id: QueueId): QueueView | undefined;
  queues(): readonly QueueView[];
  worker(id: WorkerId): WorkerView | undefined;
  workers(): readonly WorkerView[];
  /** True when the worker could carry one more job: of the given channel, or of any of its own. */
  workerHasRoom(id: WorkerId, channelId?: string): boolean;
  job(id: JobId): JobView | undefined;
  jobs(): readonly JobView[];
}

/**
 * The behaviour of Job Router: commands in, answers and facts out. It never waits, never looks at a clock of
 * its own and never delivers anything: `later` says what it wants to hear again, and when.
 */
export interface RouterEngine {
  handle<Type extends CommandType>(command: CommandOf<Type>): Handled<AnswerOf<Type>>;
  readonly read: EngineReads;
}
