/** Routing documents of every shape, as arbitraries: all six kinds, every variant of rules, attachments and actions. */
import fc from 'fast-check';
import type { Content } from '../../src/routing/model.ts';

/** As a person would write it, before any schema has read it. */
export interface WrittenDocument {
  readonly name: string;
  readonly distributionPolicies: readonly WrittenResource[];
  readonly classificationPolicies: readonly WrittenResource[];
  readonly exceptionPolicies: readonly WrittenResource[];
  readonly queues: readonly WrittenResource[];
  readonly workers: readonly WrittenResource[];
  readonly jobs: readonly WrittenResource[];
}
export type WrittenResource = Content & { readonly id: string };

const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const some = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.array(arbitrary, { maxLength: 2 });

/** Without the members that are undefined, as JSON has none. */
const members = (model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Content> =>
  fc
    .record(model)
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));

const text = fc.constantFrom('', 'Voice', 'a b', 'ü/ß', '$$ {', 'x?y=1', 'Id', 'plain [really]');
const number = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom(0.5, 1.0, 10.1, 1e21));
const scalar = fc.oneof(text, number, fc.boolean());
const orNull = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null, freq: 4 });
const removableLabels = fc.dictionary(fc.constantFrom('Skill', 'Region', 'a/b'), orNull(scalar), {
  maxKeys: 2,
});
const labels = fc.dictionary(fc.constantFrom('Skill', 'Region', 'a/b', 'Id2'), scalar, { maxKeys: 2 });
const key = fc.constantFrom('Skill', 'Region', 'Language');
const labelOperator = fc.constantFrom(
  'equal',
  'notEqual',
  'lessThan',
  'lessThanOrEqual',
  'greaterThan',
  'greaterThanOrEqual',
);
const seconds = fc.constantFrom(1, 0.5, 60, 90_000);
const queueSelector = members({ key, labelOperator, value: optional(scalar) });
const workerSelector = members({
  key,
  labelOperator,
  value: optional(scalar),
  expiresAfterSeconds: optional(seconds),
  expedite: optional(fc.boolean()),
});

const secretText = fc.constantFrom('key-1', 'geheim==', 'with space');
const uri = fc.constantFrom(
  'https://f.example/api/x',
  'https://f.example/api/x?code=abc',
  'https://f.example/?a=b?c',
);
const rule = fc.oneof(
  members({ kind: fc.constantFrom('static', 'static-rule'), value: optional(scalar) }),
  members({ kind: fc.constantFrom('directMap', 'direct-map-rule') }),
  members({
    kind: fc.constantFrom('expression', 'expression-rule'),
    language: optional(fc.constant('powerFx')),
    expression: fc.constantFrom('1', 'If(job.Skill = 1, 5, 1)', 'true'),
  }),
  members({
    kind: fc.constantFrom('function', 'azure-function-rule'),
    functionUri: uri,
    credential: optional(
      fc.oneof(
        members({ functionKey: secretText }),
        members({ appKey: secretText, clientId: fc.constant('client') }),
      ),
    ),
  }),
  members({
    kind: fc.constantFrom('webhook', 'webhook-rule'),
    webhookUri: uri,
    authorizationServerUri: uri,
    clientCredential: members({ clientId: fc.constant('client'), clientSecret: secretText }),
  }),
);

const attachment = (one: 'queueSelector' | 'workerSelector', selector: fc.Arbitrary<Content>) =>
  fc.oneof(
    members({ kind: fc.constant('static'), [one]: selector }),
    members({ kind: fc.constant('conditional'), condition: rule, [`${one}s`]: some(selector) }),
    members({ kind: fc.constantFrom('passThrough', 'pass-through'), key, labelOperator }),
    members({ kind: fc.constant('ruleEngine'), rule }),
    members({
      kind: fc.constant('weightedAllocation'),
      allocations: some(members({ weight: fc.constantFrom(0, 0.25, 1), [`${one}s`]: some(selector) })),
    }),
  );

const mode = fc
  .record({
    offers: members({
      minConcurrentOffers: optional(fc.constantFrom(1, 2)),
      maxConcurrentOffers: optional(fc.constantFrom(2, 3)),
      bypassSelectors: optional(fc.boolean()),
    }),
    kind: fc.oneof(
      members({ kind: fc.constantFrom('longestIdle', 'longest-idle', 'roundRobin') }),
      members({
        kind: fc.constantFrom('bestWorker', 'best-worker'),
        scoringRule: optional(rule),
        scoringRuleOptions: optional(
          members({
            batchSize: optional(fc.constantFrom(1, 20)),
            scoringParameters: optional(
              fc.constantFrom(
                ['jobLabels'],
                ['workerSelectors', 'jobLabels'],
                ['jobLabels', 'workerSelectors'],
              ),
            ),
            isBatchScoringEnabled: optional(fc.boolean()),
            descendingOrder: optional(fc.boolean()),
          }),
        ),
      }),
    ),
  })
  .map(({ offers, kind }) => ({ ...kind, ...offers }));

const idsOf = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => (index === 2 ? `${prefix} ß/%2F` : `${prefix}-${index}`));

/** An id that may be referred to: of those the document declares, or none. */
const oneOf = (ids: readonly string[]): fc.Arbitrary<string | undefined> =>
  ids.length === 0 ? fc.constant(undefined) : optional(fc.constantFrom(...ids));

const resources = (ids: readonly string[], content: fc.Arbitrary<Content>): fc.Arbitrary<WrittenResource[]> =>
  fc.tuple(...ids.map((id) => content.map((told) => ({ id, ...told }))));

const name = optional(fc.constantFrom(null, '', 'A name', 'ends [here]'));

/** Documents that keep every rule there is; circles of references among them. */
export const routingDocuments = (owner = 'routing'): fc.Arbitrary<WrittenDocument> =>
  documents(owner, details);

/** Documents of which little is left but who refers to whom. */
export const barestDocuments = (owner: string): fc.Arbitrary<WrittenDocument> =>
  documents(owner, { ...noDetails, distributionPolicies: { mode: fc.constant({ kind: 'roundRobin' }) } });

/** Members that refer to nothing. */
type Details = Readonly<Record<keyof WrittenDocument, Record<string, fc.Arbitrary<unknown>>>>;

const noDetails: Details = {
  name: {},
  distributionPolicies: {},
  classificationPolicies: {},
  exceptionPolicies: {},
  queues: {},
  workers: {},
  jobs: {},
};

const documents = (owner: string, more: Details): fc.Arbitrary<WrittenDocument> =>
  fc
    .record({
      distribution: fc.integer({ min: 1, max: 2 }),
      classification: fc.integer({ min: 0, max: 2 }),
      exception: fc.integer({ min: 0, max: 2 }),
      queues: fc.integer({ min: 0, max: 3 }),
      workers: fc.integer({ min: 0, max: 2 }),
      jobs: fc.integer({ min: 0, max: 2 }),
    })
    .chain((count) => {
      const distributionIds = idsOf('distribution', count.distribution);
      const classificationIds = idsOf('classification', count.classification);
      const exceptionIds = idsOf('exception', count.exception);
      const queueIds = idsOf('queue', count.queues);
      return fc.record({
        name: fc.constant(owner),
        distributionPolicies: resources(
          distributionIds,
          members({ offerExpiresAfterSeconds: seconds, ...more.distributionPolicies }),
        ),
        classificationPolicies: resources(
          classificationIds,
          members({ fallbackQueueId: orNull(oneOf(queueIds)), ...more.classificationPolicies }),
        ),
        exceptionPolicies: resources(exceptionIds, exceptionPolicy(classificationIds, queueIds, more)),
        queues: resources(
          queueIds,
          members({
            distributionPolicyId: fc.constantFrom(...distributionIds),
            exceptionPolicyId: orNull(oneOf(exceptionIds)),
            ...more.queues,
          }),
        ),
        workers: resources(idsOf('worker', count.workers), worker(queueIds, more)),
        jobs: resources(
          queueIds.length > 0 ? idsOf('job', count.jobs) : [],
          job(queueIds, classificationIds, more),
        ),
      });
    });

const exceptionPolicy = (
  classificationIds: readonly string[],
  queueIds: readonly string[],
  more: Details,
) => {
  const trigger = fc.oneof(
    members({ kind: fc.constantFrom('queueLength', 'queue-length'), threshold: fc.constantFrom(5, 100) }),
    members({ kind: fc.constantFrom('waitTime', 'wait-time'), thresholdSeconds: seconds }),
  );
  const action = fc.oneof(
    members({ kind: fc.constant('cancel'), note: optional(text), dispositionCode: optional(text) }),
    members({
      kind: fc.constantFrom('manualReclassify', 'manual-reclassify'),
      queueId: oneOf(queueIds),
      priority: optional(fc.integer({ min: -100, max: 100 })),
      workerSelectors: optional(some(workerSelector)),
    }),
    members({
      kind: fc.constant('reclassify'),
      classificationPolicyId: oneOf(classificationIds),
      labelsToUpsert: optional(labels),
    }),
  );
  const ruleWith = (id: string) => members({ id: fc.constant(id), trigger, actions: some(action) });
  return members({
    ...more.exceptionPolicies,
    exceptionRules: optional(
      fc.oneof(fc.constant([]), fc.tuple(ruleWith('r1')), fc.tuple(ruleWith('r2'), ruleWith('r1'))),
    ),
  });
};

const worker = (queueIds: readonly string[], more: Details) => {
  const channel = (channelId: string) =>
    members({
      channelId: fc.constant(channelId),
      capacityCostPerJob: fc.constantFrom(0, 1, 5),
      maxNumberOfJobs: optional(fc.constantFrom(1, 3)),
    });
  return members({
    capacity: fc.constantFrom(1, 10),
    queues: optional(fc.subarray([...queueIds])),
    ...more.workers,
    channels: optional(fc.oneof(fc.tuple(channel('voice')), fc.tuple(channel('chat'), channel('voice')))),
    availableForOffers: optional(fc.boolean()),
  });
};

const job = (queueIds: readonly string[], classificationIds: readonly string[], more: Details) =>
  members({
    channelId: fc.constantFrom('voice', 'chat'),
    queueId: queueIds.length > 0 ? fc.constantFrom(...queueIds) : fc.constant(undefined),
    classificationPolicyId: oneOf(classificationIds),
    ...more.jobs,
  });

const details: Details = {
  name: {},
  distributionPolicies: { name, mode },
  classificationPolicies: {
    name,
    queueSelectorAttachments: optional(some(attachment('queueSelector', queueSelector))),
    prioritizationRule: optional(orNull(rule)),
    workerSelectorAttachments: optional(some(attachment('workerSelector', workerSelector))),
  },
  exceptionPolicies: { name },
  queues: { name, labels: optional(removableLabels) },
  workers: { labels: optional(removableLabels), tags: optional(removableLabels) },
  jobs: {
    channelReference: optional(text),
    priority: optional(fc.integer({ min: -100, max: 100 })),
    dispositionCode: optional(text),
    requestedWorkerSelectors: optional(some(workerSelector)),
    labels: optional(labels),
    tags: optional(labels),
    notes: optional(some(members({ message: text }))),
    matchingMode: optional(
      fc.oneof(
        members({ kind: fc.constantFrom('suspend', 'queueAndMatch', 'queue-and-match') }),
        members({ kind: fc.constant('scheduleAndSuspend'), scheduleAt: fc.constant('2030-01-01T00:00:00Z') }),
      ),
    ),
  },
};
