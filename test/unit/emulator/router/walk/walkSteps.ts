/** What a random walk may do: every command a client can send, answers from outside, and time that passes. */
import fc from 'fast-check';
import { secondsAfter } from '../../../../../emulator/clock/instant.ts';
import type {
  Command,
  ExceptionPolicyPatch,
  JobPatch,
  SelectorInput,
  WorkerPatch,
} from '../../../../../emulator/router/engine/commands.ts';
import { idFrom } from '../../../../../emulator/router/engine/ids.ts';
import type { MatchingMode } from '../../../../../emulator/router/engine/model/job.ts';
import type { RouterRule } from '../../../../../emulator/router/engine/model/rules.ts';
import type { QueueSelector } from '../../../../../emulator/router/engine/model/selectors.ts';
import type { Walk } from './walk.ts';

/** A step is a choice among what the router shows at that moment, so that random steps reach deep states. */
export type Step =
  | { readonly kind: 'command'; readonly choose: (walk: Walk) => Command | undefined }
  | { readonly kind: 'time'; readonly millisecondsIn: (walk: Walk) => number };

const oneOf = fc.constantFrom;
const pick = <Item>(items: readonly Item[], choice: number): Item | undefined => items[choice % items.length];
const command = (choose: (walk: Walk) => Command | undefined): Step => ({ kind: 'command', choose });

export const QUEUES = ['queue-1', 'queue-2', 'queue-3'] as const;
const queueId = oneOf(...QUEUES).map((name) => idFrom<NonNullable<JobPatch['queueId']>>(name));
const policyId = oneOf('policy-1', 'policy-2').map((name) =>
  idFrom<NonNullable<JobPatch['classificationPolicyId']>>(name),
);
const workerName = oneOf('worker-1', 'worker-2', 'worker-3', 'worker-4');
const jobName = fc.nat(11).map((number) => `job-${number}`);
const channelId = oneOf('voice', 'voice', 'chat');
const labelKey = oneOf('skill', 'team');
const scalar = oneOf<string | number>(1, 1, 2, 'x');
const labels = fc.dictionary(labelKey, fc.option(scalar), { maxKeys: 2 });

const selector: fc.Arbitrary<SelectorInput> = fc.record(
  {
    key: labelKey,
    labelOperator: oneOf('equal', 'equal', 'notEqual', 'greaterThan', 'lessThanOrEqual'),
    value: scalar,
    expedite: fc.boolean(),
    expiresAfterSeconds: fc.integer({ min: 1, max: 60 }),
  },
  { requiredKeys: ['key', 'labelOperator', 'value'] },
);
const selectors = fc.oneof(fc.constant([]), fc.array(selector, { maxLength: 2 }));

const queueSelector: fc.Arbitrary<QueueSelector> = oneOf(...QUEUES, 'nowhere').map((value) => ({
  key: 'Id',
  labelOperator: 'equal',
  value,
}));

const rule: fc.Arbitrary<RouterRule> = oneOf<RouterRule>(
  { kind: 'static', value: 2 },
  { kind: 'directMap' },
  { kind: 'expression', language: 'powerFx', expression: 'If(job.skill = 1, 5, -5)' },
  { kind: 'expression', language: 'powerFx', expression: 'Today()' },
  { kind: 'function', functionUri: 'https://rules.example/score' },
);
const condition = oneOf<RouterRule>(
  { kind: 'static', value: true },
  { kind: 'expression', language: 'powerFx', expression: 'job.team = 2' },
);

const workerStep = fc
  .record(
    {
      name: workerName,
      queues: fc.uniqueArray(queueId, { minLength: 1, maxLength: 3 }),
      capacity: fc.nat(4),
      labels,
      tags: labels,
      channels: fc.uniqueArray(
        fc.record(
          { channelId, capacityCostPerJob: oneOf(1, 2), maxNumberOfJobs: oneOf(1, 2) },
          { requiredKeys: ['channelId', 'capacityCostPerJob'] },
        ),
        { minLength: 1, maxLength: 2, selector: (channel) => channel.channelId },
      ),
      availableForOffers: oneOf(true, true, true, false),
      limit: oneOf(undefined, undefined, 1),
    },
    { requiredKeys: ['name'] },
  )
  .map(({ name, limit, ...patch }) =>
    command(({ router }) => {
      const newcomer: WorkerPatch = {
        capacity: 2,
        channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
        queues: QUEUES.map((queue) => idFrom(queue)),
        availableForOffers: true,
        ...(limit !== undefined && { maxConcurrentOffers: limit }),
      };
      const isNew = router.read.worker(idFrom(name)) === undefined;
      return { type: 'UpsertWorker', id: idFrom(name), patch: { ...(isNew && newcomer), ...patch } };
    }),
  );

const mode = fc.oneof(
  fc.constant({ kind: 'queueAndMatch' as const }),
  fc.constant({ kind: 'queueAndMatch' as const }),
  fc.constant({ kind: 'suspend' as const }),
  fc.integer({ min: -10, max: 90 }).map((after) => ({ kind: 'scheduleAndSuspend' as const, after })),
);

const jobStep = fc
  .record(
    {
      name: jobName,
      queueId,
      classificationPolicyId: policyId,
      channelId,
      priority: fc.integer({ min: -2, max: 2 }),
      requestedWorkerSelectors: selectors,
      labels,
      mode,
    },
    { requiredKeys: ['name'] },
  )
  .map(({ name, mode: wanted, ...patch }) =>
    command(({ router, now }) => {
      const isNew = router.read.job(idFrom(name)) === undefined;
      const matchingMode: MatchingMode | undefined =
        wanted?.kind === 'scheduleAndSuspend'
          ? { kind: 'scheduleAndSuspend', scheduleAt: secondsAfter(now(), wanted.after) }
          : wanted;
      const newcomer: JobPatch = {
        channelId: 'voice',
        ...(patch.classificationPolicyId === undefined && { queueId: idFrom('queue-1') }),
      };
      return {
        type: 'UpsertJob',
        id: idFrom(name),
        patch: { ...(isNew && newcomer), ...patch, ...(matchingMode && { matchingMode }) },
      };
    }),
  );

const distributionStep = fc
  .record(
    {
      kind: oneOf('longestIdle', 'roundRobin', 'bestWorker'),
      maxConcurrentOffers: oneOf(1, 2, 3),
      bypassSelectors: fc.boolean(),
      scoringRule: fc.option(rule),
    },
    { requiredKeys: [] },
  )
  .map(({ scoringRule, ...patch }) =>
    command(() => ({
      type: 'UpsertDistributionPolicy',
      id: idFrom('distribution'),
      patch: {
        mode: { ...patch, ...(patch.kind === 'bestWorker' && scoringRule !== undefined && { scoringRule }) },
      },
    })),
  );

const classificationStep = fc
  .record(
    {
      id: policyId,
      fallbackQueueId: fc.option(queueId),
      prioritizationRule: fc.option(rule),
      queueSelectorAttachments: fc.array(
        fc.oneof(
          queueSelector.map((chosen) => ({ kind: 'static' as const, selector: chosen })),
          fc.record({
            kind: fc.constant('conditional' as const),
            condition,
            selectors: fc.array(queueSelector),
          }),
        ),
        { maxLength: 2 },
      ),
      workerSelectorAttachments: fc.array(
        fc.oneof(
          selector.map((chosen) => ({ kind: 'static' as const, selector: chosen })),
          fc.record({ kind: fc.constant('conditional' as const), condition, selectors }),
          fc.record({
            kind: fc.constant('passThrough' as const),
            key: labelKey,
            labelOperator: oneOf('equal' as const, 'greaterThan' as const),
          }),
          fc.record({
            kind: fc.constant('weightedAllocation' as const),
            allocations: fc.tuple(
              fc.record({ weight: fc.constant(0.3), selectors }),
              fc.record({ weight: fc.constant(0.7), selectors }),
            ),
          }),
        ),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: ['id'] },
  )
  .map(({ id, ...patch }) => command(() => ({ type: 'UpsertClassificationPolicy', id, patch })));

const exceptionRules: fc.Arbitrary<NonNullable<ExceptionPolicyPatch['exceptionRules']>> = fc.uniqueArray(
  fc.record({
    id: oneOf('rule-1', 'rule-2'),
    trigger: fc.oneof(
      oneOf(1, 3).map((threshold) => ({ kind: 'queueLength' as const, threshold })),
      oneOf(5, 30).map((thresholdSeconds) => ({ kind: 'waitTime' as const, thresholdSeconds })),
    ),
    actions: fc.array(
      fc.oneof(
        fc.constant({ kind: 'cancel' as const, note: 'too long', dispositionCode: 'TooLong' }),
        fc.record(
          {
            kind: fc.constant('manualReclassify' as const),
            queueId,
            priority: oneOf(1, 10),
            workerSelectors: selectors,
          },
          { requiredKeys: ['kind'] },
        ),
        fc.record(
          {
            kind: fc.constant('reclassify' as const),
            classificationPolicyId: policyId,
            labelsToUpsert: fc.dictionary(labelKey, scalar, { maxKeys: 1 }),
          },
          { requiredKeys: ['kind'] },
        ),
      ),
      { minLength: 1, maxLength: 2 },
    ),
  }),
  { maxLength: 2, selector: ({ id }) => id },
);

const exceptionStep = exceptionRules.map((rules) =>
  command(() => ({
    type: 'UpsertExceptionPolicy',
    id: idFrom('exceptions'),
    patch: { exceptionRules: rules },
  })),
);

const queueStep = fc.tuple(queueId, fc.boolean()).map(([id, isWatched]) =>
  command(({ router }) => {
    const exceptionPolicyId = idFrom<'exceptions' & { readonly idOf: 'exceptionPolicy' }>('exceptions');
    const exists = router.read.exceptionPolicy(exceptionPolicyId) !== undefined;
    return {
      type: 'UpsertQueue',
      id,
      patch: { exceptionPolicyId: isWatched && exists ? exceptionPolicyId : null },
    };
  }),
);

const openOffers = ({ router }: Walk) =>
  router.read.workers().flatMap((worker) => worker.offers.map((offer) => ({ worker, offer })));

const acceptStep = fc.nat().map((choice) =>
  command((walk) => {
    const found = pick(openOffers(walk), choice);
    return found && { type: 'AcceptOffer', workerId: found.worker.id, offerId: found.offer.offerId };
  }),
);

const declineStep = fc.tuple(fc.nat(), fc.option(fc.integer({ min: -5, max: 50 }))).map(([choice, seconds]) =>
  command((walk) => {
    const found = pick(openOffers(walk), choice);
    return (
      found && {
        type: 'DeclineOffer',
        workerId: found.worker.id,
        offerId: found.offer.offerId,
        ...(seconds !== null && { retryOfferAt: secondsAfter(walk.now(), seconds) }),
      }
    );
  }),
);

const assignmentStep = fc
  .record({
    choice: fc.nat(),
    type: oneOf(
      'CompleteAssignment',
      'CompleteAssignment',
      'CloseAssignment',
      'CloseAssignment',
      'UnassignJob',
    ),
    closeAfter: oneOf(undefined, 0, 20),
    suspendMatching: fc.boolean(),
  })
  .map(({ choice, type, closeAfter, suspendMatching }) =>
    command(({ router, now }) => {
      const held = router.read.workers().flatMap((worker) => worker.assignedJobs);
      const found = pick(held, choice);
      if (!found) return undefined;
      const { jobId, assignmentId } = found;
      if (type === 'UnassignJob') return { type, jobId, assignmentId, suspendMatching };
      if (type === 'CompleteAssignment') return { type, jobId, assignmentId };
      const closeAt = closeAfter === undefined ? undefined : secondsAfter(now(), closeAfter);
      return { type, jobId, assignmentId, ...(closeAt !== undefined && { closeAt }) };
    }),
  );

const outsideStep = fc
  .tuple(fc.nat(), fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(null)))
  .map(([choice, value]) =>
    command(({ router }) => {
      const call = pick(router.read.outsideCalls(), choice);
      return (
        call && {
          type: 'OutsideCallAnswered',
          callId: call.callId,
          outcome:
            value === null ? { kind: 'failed', message: 'nobody answered' } : { kind: 'answered', value },
        }
      );
    }),
  );

const endStep = fc.oneof(
  jobName.map((name) => command(() => ({ type: 'CancelJob', jobId: idFrom(name) }))),
  jobName.map((name) => command(() => ({ type: 'DeleteJob', id: idFrom(name) }))),
  jobName.map((name) => command(() => ({ type: 'ReclassifyJob', jobId: idFrom(name) }))),
  workerName.map((name) => command(() => ({ type: 'DeleteWorker', id: idFrom(name) }))),
  queueId.map((id) => command(() => ({ type: 'DeleteQueue', id }))),
  policyId.map((id) => command(() => ({ type: 'DeleteClassificationPolicy', id }))),
  fc.constant(command(() => ({ type: 'DeleteExceptionPolicy', id: idFrom('exceptions') }))),
);

const DAY_MILLISECONDS = 86_400_000;

/** Days go by only while no job waits for an exception: one that puts it back in line every few seconds fills them. */
const daysIn =
  (days: number) =>
  ({ router }: Walk): number =>
    router.save().pending.some(({ command: { type } }) => type === 'TriggerException')
      ? 0
      : days * DAY_MILLISECONDS;

const timeStep: fc.Arbitrary<Step> = fc
  .oneof(
    { weight: 20, arbitrary: fc.integer({ min: 1, max: 45_000 }).map((milliseconds) => () => milliseconds) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 8 }).map(daysIn) },
  )
  .map((millisecondsIn) => ({ kind: 'time', millisecondsIn }));

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: jobStep },
    { weight: 4, arbitrary: workerStep },
    { weight: 8, arbitrary: acceptStep },
    { weight: 8, arbitrary: assignmentStep },
    { weight: 3, arbitrary: declineStep },
    { weight: 2, arbitrary: outsideStep },
    { weight: 3, arbitrary: endStep },
    { weight: 3, arbitrary: timeStep },
    { weight: 1, arbitrary: distributionStep },
    { weight: 1, arbitrary: classificationStep },
    { weight: 1, arbitrary: exceptionStep },
    { weight: 1, arbitrary: queueStep },
  ),
  { minLength: 20, maxLength: 60, size: 'max' },
);
