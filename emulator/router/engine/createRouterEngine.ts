import { nothing } from './answer.ts';
import {
  closeAssignment,
  closeDueAssignment,
  completeAssignment,
  unassignJob,
} from './assignmentCommands.ts';
import type { AnswerOf, CommandOf, CommandType } from './commands.ts';
import { deleteDistributionPolicy, upsertDistributionPolicy } from './distributionPolicyCommands.ts';
import type { Answer, Delays, EnginePorts, EngineReads, RouterEngine } from './engine.ts';
import { deleteExceptionPolicy, upsertExceptionPolicy } from './exceptionPolicyCommands.ts';
import { lookAtEntries, triggerException } from './exceptions.ts';
import { cancelJob, deleteJob, enqueueJob, forgetDeclineOf, upsertJob } from './jobCommands.ts';
import { matchQueue } from './matchQueue.ts';
import { acceptOffer, declineOffer, expireOffer } from './offerCommands.ts';
import { deleteQueue, upsertQueue } from './queueCommands.ts';
import { Store, Turn } from './store.ts';
import {
  classificationPolicyView,
  distributionPolicyView,
  exceptionPolicyView,
  jobView,
  queueView,
  workerView,
} from './views.ts';
import { hasRoom } from './worker.ts';
import { deleteWorker, upsertWorker } from './workerCommands.ts';

type Handlers = {
  readonly [Type in CommandType]: (turn: Turn, command: CommandOf<Type>) => Answer<AnswerOf<Type>>;
};

const handlers: Handlers = {
  UpsertDistributionPolicy: upsertDistributionPolicy,
  UpsertQueue: upsertQueue,
  UpsertWorker: upsertWorker,
  UpsertJob: upsertJob,
  DeleteDistributionPolicy: deleteDistributionPolicy,
  DeleteQueue: deleteQueue,
  DeleteWorker: deleteWorker,
  DeleteJob: deleteJob,
  CancelJob: cancelJob,
  AcceptOffer: acceptOffer,
  DeclineOffer: declineOffer,
  CompleteAssignment: completeAssignment,
  CloseAssignment: closeAssignment,
  UnassignJob: unassignJob,
  UpsertClassificationPolicy: notBuilt,
  DeleteClassificationPolicy: () => nothing,
  UpsertExceptionPolicy: upsertExceptionPolicy,
  DeleteExceptionPolicy: deleteExceptionPolicy,
  ReclassifyJob: notBuilt,
  OutsideCallAnswered: () => nothing,
  ClassifyJob: () => nothing,
  ScheduleJob: () => nothing,
  ActivateScheduledJob: () => nothing,
  TriggerException: triggerException,
  ExpireSelectors: () => nothing,
  ExpireJob: () => nothing,
  DeregisterIdleWorker: () => nothing,
  EnqueueJob: enqueueJob,
  MatchQueue: matchQueue,
  ExpireOffer: expireOffer,
  CloseDueAssignment: closeDueAssignment,
  ForgetDecline: forgetDeclineOf,
};

function notBuilt(): never {
  throw new Error('The HTTP surface does not let this command through');
}

/** An empty router. Its state lives in memory and ends with it. */
export function createRouterEngine(ports: EnginePorts, delays: Delays): RouterEngine {
  const store = new Store();
  return {
    handle(command) {
      const turn = new Turn(store, ports, delays);
      const answer = handlers[command.type](turn, command);
      lookAtEntries(turn);
      return { answer, facts: turn.facts, later: turn.later, calls: turn.calls };
    },
    read: readsOf(store),
  };
}

function readsOf(store: Store): EngineReads {
  return {
    distributionPolicy: (id) => shown(store.distributionPolicies.get(id), distributionPolicyView),
    distributionPolicies: () => newestFirst(store.distributionPolicies, distributionPolicyView),
    queue: (id) => shown(store.queues.get(id), queueView),
    queues: () => newestFirst(store.queues, queueView),
    worker: (id) => shown(store.workers.get(id), workerView),
    workers: () => newestFirst(store.workers, workerView),
    workerHasRoom: (id, channelId) => {
      const worker = store.workers.get(id);
      return worker !== undefined && hasRoom(worker, channelId);
    },
    job: (id) => shown(store.jobs.get(id), jobView),
    jobs: () => newestFirst(store.jobs, jobView),
    classificationPolicy: (id) => shown(store.classificationPolicies.get(id), classificationPolicyView),
    classificationPolicies: () => newestFirst(store.classificationPolicies, classificationPolicyView),
    exceptionPolicy: (id) => shown(store.exceptionPolicies.get(id), exceptionPolicyView),
    exceptionPolicies: () => newestFirst(store.exceptionPolicies, exceptionPolicyView),
    queueStatistics: () => undefined,
    jobPosition: () => undefined,
    explainJob: () => undefined,
    outsideCalls: () => [...store.awaitedCalls.values()].map(({ call }) => call),
  };
}

const shown = <State, View>(state: State | undefined, show: (state: State) => View): View | undefined =>
  state === undefined ? undefined : show(state);

/** A Map keeps the order in which its keys were first written, which is the order of creation. */
const newestFirst = <State, View>(
  states: ReadonlyMap<unknown, State>,
  show: (state: State) => View,
): readonly View[] => [...states.values()].reverse().map(show);
