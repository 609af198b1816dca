import {
  closeAssignment,
  closeDueAssignment,
  completeAssignment,
  unassignJob,
} from './assignmentCommands.ts';
import { classifyJob } from './classification.ts';
import { deleteClassificationPolicy, upsertClassificationPolicy } from './classificationPolicyCommands.ts';
import type { AnswerOf, CommandOf, CommandType } from './commands.ts';
import type { ResourceMap } from './creationOrder.ts';
import { deleteDistributionPolicy, upsertDistributionPolicy } from './distributionPolicyCommands.ts';
import type { Answer, Delays, EnginePorts, EngineReads, Listed, RouterEngine } from './engine.ts';
import { deleteExceptionPolicy, upsertExceptionPolicy } from './exceptionPolicyCommands.ts';
import { triggerException } from './exceptions.ts';
import { explainJob } from './explainJob.ts';
import { deregisterIdleWorker } from './idleWorkers.ts';
import {
  cancelJob,
  deleteJob,
  enqueueJob,
  forgetDeclineOf,
  reclassifyJob,
  upsertJob,
} from './jobCommands.ts';
import { matchQueue } from './matchQueue.ts';
import { acceptOffer, declineOffer, expireOffer } from './offerCommands.ts';
import { expireJobs } from './oldJobs.ts';
import { takeOutsideAnswer } from './outsideAnswers.ts';
import { deleteQueue, upsertQueue } from './queueCommands.ts';
import { jobPosition, queueStatistics } from './queueStatistics.ts';
import { restoredStore, type SavedEngine, saveEngine } from './savedEngine.ts';
import { activateScheduledJob, scheduleJob } from './scheduleCommands.ts';
import { expireSelectors } from './selectorExpiry.ts';
import { settle } from './settle.ts';
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
  UpsertClassificationPolicy: upsertClassificationPolicy,
  DeleteClassificationPolicy: deleteClassificationPolicy,
  UpsertExceptionPolicy: upsertExceptionPolicy,
  DeleteExceptionPolicy: deleteExceptionPolicy,
  ReclassifyJob: reclassifyJob,
  OutsideCallAnswered: takeOutsideAnswer,
  ClassifyJob: classifyJob,
  ScheduleJob: scheduleJob,
  ActivateScheduledJob: activateScheduledJob,
  TriggerException: triggerException,
  ExpireSelectors: expireSelectors,
  ExpireJob: expireJobs,
  DeregisterIdleWorker: deregisterIdleWorker,
  EnqueueJob: enqueueJob,
  MatchQueue: matchQueue,
  ExpireOffer: expireOffer,
  CloseDueAssignment: closeDueAssignment,
  ForgetDecline: forgetDeclineOf,
};

/** An empty router, or one as it was saved. Its state lives in memory and ends with it. */
export function createRouterEngine(ports: EnginePorts, delays: Delays, saved?: SavedEngine): RouterEngine {
  const store = saved ? restoredStore(saved) : new Store();
  return {
    handle(command) {
      const turn = new Turn(store, ports, delays);
      const answer = handlers[command.type](turn, command);
      settle(turn);
      return { answer, facts: turn.facts, later: turn.later, calls: turn.calls };
    },
    read: readsOf(store, ports),
    save: () => saveEngine(store),
  };
}

function readsOf(store: Store, ports: EnginePorts): EngineReads {
  return {
    created: {
      distributionPolicies: listing(store.distributionPolicies, distributionPolicyView),
      classificationPolicies: listing(store.classificationPolicies, classificationPolicyView),
      exceptionPolicies: listing(store.exceptionPolicies, exceptionPolicyView),
      queues: listing(store.queues, queueView),
      workers: listing(store.workers, workerView),
      jobs: listing(store.jobs, jobView),
    },
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
    queueStatistics: (id) => queueStatistics(store, id, ports.now()),
    jobPosition: (id) => jobPosition(store, id),
    explainJob: (id) => explainJob(store, id),
    outsideCalls: () => [...store.awaitedCalls.values()].map(({ call }) => call),
  };
}

const shown = <State, View>(state: State | undefined, show: (state: State) => View): View | undefined =>
  state === undefined ? undefined : show(state);

const newestFirst = <State extends object, View>(
  states: ResourceMap<unknown, State>,
  show: (state: State) => View,
): readonly View[] => [...states.newestFirst()].map(({ state }) => show(state));

/** The views of what was created before the resource of that number, made as they are asked for. */
const listing =
  <State extends object, View>(states: ResourceMap<unknown, State>, show: (state: State) => View) =>
  (before?: number): Iterable<Listed<View>> =>
    states.newestFirst(before).map(({ number, state }) => ({ number, view: show(state) }));
