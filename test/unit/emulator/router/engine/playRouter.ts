import { type Instant, instantOf, millisecondsAfter } from '../../../../../emulator/clock/instant.ts';
import type {
  AnswerOf,
  ClassificationPolicyPatch,
  Command,
  CommandOf,
  CommandType,
  DistributionPolicyPatch,
  JobPatch,
  OutsideOutcome,
  QueuePatch,
  WorkerPatch,
} from '../../../../../emulator/router/engine/commands.ts';
import { createRouterEngine } from '../../../../../emulator/router/engine/createRouterEngine.ts';
import { noDelays } from '../../../../../emulator/router/engine/delays.ts';
import type { Answer, Delays, Later, OutsideCall } from '../../../../../emulator/router/engine/engine.ts';
import type { Fact, FactOf, FactType } from '../../../../../emulator/router/engine/facts.ts';
import type { EngineFailure } from '../../../../../emulator/router/engine/failures.ts';
import {
  idFrom,
  type JobId,
  type OfferId,
  type WorkerId,
} from '../../../../../emulator/router/engine/ids.ts';
import { parseExpression } from '../../../../../emulator/router/rules/parseExpression.ts';

export const NINE_AM = instantOf('2026-03-02T09:00:00Z');
export const SECONDS = 1000;
export const id = idFrom;

/** An engine with a time of its own that runs the later commands, and short words for what tests do most. */
export function playRouter({
  delays = noDelays,
  random = () => 0,
}: {
  delays?: Delays;
  random?: () => number;
} = {}) {
  let now = NINE_AM;
  let ids = 0;
  const pending: Later[] = [];
  const facts: Fact[] = [];
  const calls: OutsideCall[] = [];
  const engine = createRouterEngine(
    { now: () => now, newId: () => `id-${++ids}`, random, parseExpression },
    delays,
  );

  /** Handles one command and leaves what it asks for later alone. */
  function handle<Type extends CommandType>(command: CommandOf<Type>): Answer<AnswerOf<Type>> {
    const handled = engine.handle(command);
    facts.push(...handled.facts);
    pending.push(...handled.later);
    calls.push(...handled.calls);
    return handled.answer;
  }

  function runNextDue(until: Instant): boolean {
    let next: Later | undefined;
    for (const candidate of pending) {
      if (candidate.at <= until && (!next || candidate.at < next.at)) next = candidate;
    }
    if (!next) return false;
    pending.splice(pending.indexOf(next), 1);
    if (next.at > now) now = next.at;
    handle<Command['type']>(next.command);
    return true;
  }

  function advance(milliseconds: number): void {
    const until = millisecondsAfter(now, milliseconds);
    while (runNextDue(until));
    now = until;
  }

  /** Handles a command and everything that is due at once because of it. */
  function ask<Type extends CommandType>(command: CommandOf<Type>): Answer<AnswerOf<Type>> {
    const answer = handle(command);
    advance(0);
    return answer;
  }

  function mustDo<Type extends CommandType>(command: CommandOf<Type>): AnswerOf<Type> {
    const answer = ask(command);
    if (!answer.ok) throw new Error(`${command.type} was refused: ${JSON.stringify(answer.failure)}`);
    return answer.value;
  }

  function refusalOf<Type extends CommandType>(command: CommandOf<Type>): EngineFailure {
    const answer = ask(command);
    if (answer.ok) throw new Error(`${command.type} was not refused`);
    return answer.failure;
  }

  const policy = (name: string, patch: DistributionPolicyPatch = {}) =>
    mustDo<'UpsertDistributionPolicy'>({ type: 'UpsertDistributionPolicy', id: id(name), patch });
  const queue = (name: string, patch: QueuePatch = {}) =>
    mustDo<'UpsertQueue'>({ type: 'UpsertQueue', id: id(name), patch });
  const classification = (name: string, patch: ClassificationPolicyPatch = {}) =>
    mustDo<'UpsertClassificationPolicy'>({ type: 'UpsertClassificationPolicy', id: id(name), patch });
  const worker = (name: string, patch: WorkerPatch = {}) =>
    mustDo<'UpsertWorker'>({ type: 'UpsertWorker', id: id(name), patch });
  const job = (name: string, patch: JobPatch = {}) =>
    mustDo<'UpsertJob'>({ type: 'UpsertJob', id: id(name), patch });

  const offersOf = (name: string) => engine.read.worker(id<WorkerId>(name))?.offers ?? [];
  const offered = () =>
    engine.read
      .workers()
      .flatMap((each) => each.offers.map((offer) => `${offer.jobId}>${each.id}`))
      .sort();

  function offerTo(name: string, jobName?: string): OfferId {
    const offer = offersOf(name).find(({ jobId }) => jobName === undefined || jobId === jobName);
    if (!offer) throw new Error(`${name} has no such offer`);
    return offer.offerId;
  }

  const accept = (name: string, jobName?: string) =>
    mustDo<'AcceptOffer'>({ type: 'AcceptOffer', workerId: id(name), offerId: offerTo(name, jobName) });
  const decline = (name: string, jobName?: string, retryOfferAt?: Instant) =>
    mustDo<'DeclineOffer'>({
      type: 'DeclineOffer',
      workerId: id(name),
      offerId: offerTo(name, jobName),
      ...(retryOfferAt !== undefined && { retryOfferAt }),
    });
  const end = ({ jobId, assignmentId }: AnswerOf<'AcceptOffer'>) => {
    mustDo<'CompleteAssignment'>({ type: 'CompleteAssignment', jobId, assignmentId });
    mustDo<'CloseAssignment'>({ type: 'CloseAssignment', jobId, assignmentId });
  };

  return {
    read: engine.read,
    now: () => now,
    handle,
    ask,
    mustDo,
    refusalOf,
    advance,
    /** Moves time without running what falls due, as a busy process would. */
    oversleep: (milliseconds: number) => {
      now = millisecondsAfter(now, milliseconds);
    },
    policy,
    queue,
    classification,
    /** The outside calls since the last time; `answerCall` hands in what came of one. */
    calls: () => calls.splice(0),
    answerCall: ({ callId }: OutsideCall, outcome: OutsideOutcome) =>
      mustDo<'OutsideCallAnswered'>({ type: 'OutsideCallAnswered', callId, outcome }),
    worker,
    job,
    accept,
    decline,
    end,
    offerTo,
    offered,
    workerNamed: (name: string) => must(engine.read.worker(id<WorkerId>(name))),
    jobNamed: (name: string) => must(engine.read.job(id<JobId>(name))),
    /** The facts since the last call, told as "Type subject". */
    told: () => facts.splice(0).map(tell),
    toldFacts: () => facts.splice(0),
    lastFact: <Type extends FactType>(type: Type): FactOf<Type> => {
      const found = facts.findLast((fact): fact is FactOf<Type> & Fact => fact.type === type);
      return must(found);
    },
    /** A queue with a longest-idle policy of 60 s. */
    openQueue: (mode: DistributionPolicyPatch['mode'] = { kind: 'longestIdle' }) => {
      policy('policy-1', { offerExpiresAfterSeconds: 60, mode });
      queue('queue-1', { distributionPolicyId: id('policy-1') });
    },
    /** A registered voice worker of queue-1. */
    available: (name: string, patch: WorkerPatch = {}) =>
      worker(name, {
        queues: [id('queue-1')],
        capacity: 1,
        channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
        availableForOffers: true,
        ...patch,
      }),
    /** A voice job in queue-1. */
    submit: (name: string, patch: JobPatch = {}) =>
      job(name, { channelId: 'voice', queueId: id('queue-1'), ...patch }),
  };
}

export type RouterPlay = ReturnType<typeof playRouter>;

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('It is not there');
  return value;
}

function tell(fact: Fact): string {
  if ('offer' in fact) return `${fact.type} ${fact.job.id} ${fact.worker.id}`;
  return `${fact.type} ${'job' in fact ? fact.job.id : fact.worker.id}`;
}
