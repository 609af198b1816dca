/**
 * The shapes of the six kinds, member by member where one does not simply compare as it is. Defaults are those that the
 * service was recorded to fill in; members of all variants of a union stand together, since both sides are filled alike.
 */
import type { Kind } from '../model.ts';
import {
  atCreation,
  inAnyOrder,
  inOrder,
  map,
  mapWithId,
  membersOf,
  notCompared,
  object,
  or,
  plain,
  type Shape,
} from './shape.ts';
import { todaysSpelling } from './todaysSpelling.ts';

const kind: Shape = { is: 'value', normal: todaysSpelling };
const operator: Shape = { is: 'value', normal: todaysSpelling };

/** Published samples write it with a capital letter. */
const language: Shape = {
  is: 'value',
  fallback: 'powerfx',
  normal: (text) => (typeof text === 'string' ? text.toLowerCase() : text),
};

const secret: Shape = { is: 'value', secret: 'whole' };
const address: Shape = { is: 'value', secret: 'query' };

const rule = object({
  kind,
  language,
  functionUri: address,
  credential: object({ functionKey: secret, appKey: secret }),
  authorizationServerUri: address,
  webhookUri: address,
  clientCredential: object({ clientSecret: secret }),
});

const textOf = (value: unknown): string => JSON.stringify(value) ?? '';

/** All selectors have to hold, so their order means nothing. */
const selectorKey = (selector: unknown): string => {
  const { key, labelOperator } = membersOf(selector);
  return textOf([key, todaysSpelling(labelOperator)]);
};
const workerSelector = object({
  labelOperator: operator,
  expedite: or(false),
  status: notCompared,
  expiresAt: notCompared,
});
const workerSelectors = inAnyOrder(workerSelector, selectorKey);
const queueSelectors = inAnyOrder(object({ labelOperator: operator }), selectorKey);

const attachmentKey = (attachment: unknown): string => {
  const { kind: name, key, labelOperator, queueSelector, workerSelector: selector } = membersOf(attachment);
  return textOf([todaysSpelling(name), key, labelOperator, selectorKey(queueSelector ?? selector)]);
};

/** What every attachment adds has to hold, so their order means nothing either. */
const attachments = (one: 'queueSelector' | 'workerSelector', selector: Shape, several: Shape): Shape =>
  inAnyOrder(
    object({
      kind,
      labelOperator: operator,
      [one]: selector,
      condition: rule,
      [`${one}s`]: several,
      rule,
      allocations: inOrder(object({ [`${one}s`]: several })),
    }),
    attachmentKey,
  );

const mode = object({
  kind,
  minConcurrentOffers: or(1),
  maxConcurrentOffers: or(1),
  bypassSelectors: or(false),
  scoringRule: rule,
  scoringRuleOptions: object({
    scoringParameters: inAnyOrder({ is: 'value', normal: todaysSpelling }, (name) =>
      textOf(todaysSpelling(name)),
    ),
    isBatchScoringEnabled: or(false),
    descendingOrder: or(true),
  }),
});

/** Every write gives actions new ids (recorded). */
const action = object({ kind, id: notCompared, workerSelectors, labelsToUpsert: or({}) });

/** Rules were a map by id before 2023-11-01, so they have no order among each other; actions happen one after another. */
const exceptionRules = inAnyOrder(object({ trigger: object({ kind }), actions: inOrder(action) }), (entry) =>
  textOf(membersOf(entry).id),
);

/** Notes are added as a job proceeds; those that are declared have to be among them. When they were added is the service's. */
const notes: Shape = {
  is: 'list',
  item: object({ addedAt: atCreation }),
  keyOf: (note) => textOf(membersOf(note).message),
  mayHoldMore: true,
};

const channels = inAnyOrder(object({}), (channel) => textOf(membersOf(channel).channelId));
const names = inAnyOrder(plain, textOf);

const shapes: Readonly<Record<Kind, Shape>> = {
  distributionPolicies: object({ mode }),
  classificationPolicies: object({
    queueSelectorAttachments: attachments(
      'queueSelector',
      object({ labelOperator: operator }),
      queueSelectors,
    ),
    prioritizationRule: rule,
    workerSelectorAttachments: attachments('workerSelector', workerSelector, workerSelectors),
  }),
  exceptionPolicies: object({ exceptionRules }),
  queues: object({ labels: mapWithId }),
  workers: object({
    queues: names,
    labels: mapWithId,
    tags: map,
    channels,
    availableForOffers: or(false),
    state: notCompared,
    offers: notCompared,
    assignedJobs: notCompared,
    loadRatio: notCompared,
  }),
  jobs: object({
    priority: or(1),
    requestedWorkerSelectors: workerSelectors,
    labels: map,
    tags: map,
    notes,
    // Says how a job begins. Activating it changes the mode, and a plan must not suspend it again.
    matchingMode: atCreation,
    status: notCompared,
    enqueuedAt: notCompared,
    scheduledAt: notCompared,
    attachedWorkerSelectors: notCompared,
    assignments: notCompared,
  }),
};

/** How resources of a kind compare. */
export const shapeOf = (name: Kind): Shape => shapes[name];
