import type { Instant } from '../../clock/instant.ts';
import type { AnswerOf, Command, CommandOf, CommandType } from './commands.ts';
import type { Fact } from './facts.ts';
import type { EngineFailure } from './failures.ts';
import type {
  ClassificationPolicyId,
  DistributionPolicyId,
  ExceptionPolicyId,
  JobId,
  OutsideCallId,
  QueueId,
  WorkerId,
} from './ids.ts';
import type { ClassificationPolicyView } from './model/classificationPolicy.ts';
import type { DistributionPolicyView } from './model/distributionPolicy.ts';
import type { ExceptionPolicyView } from './model/exceptionPolicy.ts';
import type { JobExplanation } from './model/explanation.ts';
import type { JobPositionView, JobView } from './model/job.ts';
import type { QueueStatisticsView, QueueView } from './model/queue.ts';
import type { OutsideRule } from './model/rules.ts';
import type { Json } from './model/values.ts';
import type { WorkerView } from './model/worker.ts';
import type { ParsedExpression } from './rules/expression.ts';
import type { SavedEngine } from './savedEngine.ts';

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: EngineFailure };

/** A command the engine wants to be given at `at`. */
export interface Later {
  readonly at: Instant;
  readonly command: Command;
}

/**
 * A question the engine wants put to a rule's function or webhook: POST `payload` as JSON. Whatever comes of it
 * is handed back with the command `OutsideCallAnswered`.
 */
export interface OutsideCall {
  readonly callId: OutsideCallId;
  readonly rule: OutsideRule;
  readonly payload: Json;
}

export interface Handled<Value> {
  readonly answer: Answer<Value>;
  /** What happened, in order. Empty when the command was refused. */
  readonly facts: readonly Fact[];
  readonly later: readonly Later[];
  /** To be made now. */
  readonly calls: readonly OutsideCall[];
}

/** Milliseconds, both limits included. */
export interface Delay {
  readonly min: number;
  readonly max: number;
}

/** How long the real service lets pass; all zero in tests. */
export interface Delays {
  /** From `created` to `queued`. */
  readonly enqueue: Delay;
  /** From `pendingClassification` until its policy has been applied. */
  readonly classification: Delay;
  /** From there, in a transient `waitingForActivation`, to `queued`. */
  readonly activation: Delay;
  /** From `pendingSchedule` to `scheduled`. */
  readonly schedule: Delay;
  readonly offer: Delay;
}

/** Everything the engine takes from the world. */
export interface EnginePorts {
  now(): Instant;
  /** A fresh GUID. */
  newId(): string;
  /** At least 0, less than 1. */
  random(): number;
  /** Reads the text of an expression rule. Pure, but it takes a parser, and the engine imports nothing. */
  parseExpression(text: string): ParsedExpression;
}

/** A resource in a listing. Numbers grow with every creation of its kind. */
export interface Listed<View> {
  readonly number: number;
  readonly view: View;
}

/** Newest created first; only what was created before the resource of the given number. */
type Listing<View> = (before?: number) => Iterable<Listed<View>>;

/** Newest created first, as the service lists. */
export interface EngineReads {
  /** To be read as far as a page needs, however many there are. */
  readonly created: {
    readonly distributionPolicies: Listing<DistributionPolicyView>;
    readonly classificationPolicies: Listing<ClassificationPolicyView>;
    readonly exceptionPolicies: Listing<ExceptionPolicyView>;
    readonly queues: Listing<QueueView>;
    readonly workers: Listing<WorkerView>;
    readonly jobs: Listing<JobView>;
  };
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
  classificationPolicy(id: ClassificationPolicyId): ClassificationPolicyView | undefined;
  classificationPolicies(): readonly ClassificationPolicyView[];
  exceptionPolicy(id: ExceptionPolicyId): ExceptionPolicyView | undefined;
  exceptionPolicies(): readonly ExceptionPolicyView[];
  queueStatistics(id: QueueId): QueueStatisticsView | undefined;
  /** Undefined for a job that does not exist or is not queued. */
  jobPosition(id: JobId): JobPositionView | undefined;
  explainJob(id: JobId): JobExplanation | undefined;
  /** The calls whose answers are still awaited, oldest first: to be made again after a restart. */
  outsideCalls(): readonly OutsideCall[];
}

/**
 * The behaviour of Job Router: commands in, answers and facts out. It never waits, never looks at a clock of
 * its own and never delivers anything: `later` says what it wants to hear again, and when.
 */
export interface RouterEngine {
  handle<Type extends CommandType>(command: CommandOf<Type>): Handled<AnswerOf<Type>>;
  readonly read: EngineReads;
  /** The state between two commands. It shares what never changes with the engine, so saving costs little. */
  save(): SavedEngine;
}
