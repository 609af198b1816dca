/** How the six kinds hang together: what each refers to, and which has to go before which. */
import { entriesOf, membersOf } from './compare/shape.ts';
import type { Content, Kind, Path } from './model.ts';

/** A place in a resource that names another one. */
export interface Reference {
  readonly path: Path;
  readonly kind: Kind;
  readonly id: string;
  /** The service writes a resource only where what it needs exists; what it merely names may come later. */
  readonly isNeeded: boolean;
}

const references: Readonly<Record<Kind, (content: Content) => readonly Reference[]>> = {
  distributionPolicies: () => [],
  classificationPolicies: ({ fallbackQueueId }) => to('queues', fallbackQueueId, 'fallbackQueueId'),
  exceptionPolicies: referencesOfActions,
  queues: ({ distributionPolicyId, exceptionPolicyId }) => [
    ...to('distributionPolicies', distributionPolicyId, 'distributionPolicyId'),
    ...to('exceptionPolicies', exceptionPolicyId, 'exceptionPolicyId'),
  ],
  workers: ({ queues }) => entriesOf(queues).flatMap((id, index) => to('queues', id, 'queues', index)),
  jobs: ({ queueId, classificationPolicyId }) => [
    ...to('queues', queueId, 'queueId'),
    ...to('classificationPolicies', classificationPolicyId, 'classificationPolicyId'),
  ],
};

/** Every place in a resource that names another one. */
export const referencesOf = (kind: Kind, content: Content): readonly Reference[] => references[kind](content);

/** In the order of deletion: each kind before those that it keeps in use, and together those that do not. */
export const deletionLevels: readonly (readonly Kind[])[] = [
  ['jobs'],
  ['workers', 'classificationPolicies'],
  ['queues'],
  ['exceptionPolicies', 'distributionPolicies'],
];

/** An exception moves a job into another queue only when it happens, so the queue need not be there before. */
function referencesOfActions({ exceptionRules }: Content): readonly Reference[] {
  return entriesOf(exceptionRules).flatMap((rule, place) =>
    entriesOf(membersOf(rule).actions).flatMap((action, index) => {
      const { classificationPolicyId, queueId } = membersOf(action);
      const path = ['exceptionRules', place, 'actions', index] as const;
      return [
        ...to('classificationPolicies', classificationPolicyId, ...path, 'classificationPolicyId'),
        ...to('queues', queueId, ...path, 'queueId').map((named) => ({ ...named, isNeeded: false })),
      ];
    }),
  );
}

const to = (kind: Kind, id: unknown, ...path: (string | number)[]): Reference[] =>
  typeof id === 'string' ? [{ path, kind, id, isNeeded: true }] : [];
