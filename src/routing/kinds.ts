/** The one table of the six kinds: what each refers to, and what keeps the service from deleting one. */
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

/** What distinguishes a kind. */
interface KindRow {
  readonly kind: Kind;
  /** As it is spoken of: "queue". */
  readonly noun: string;
  readonly references: (content: Content) => readonly Reference[];
}

/** In the order in which resources are deleted: each kind before those that it keeps in use. */
export const kinds: readonly KindRow[] = [
  {
    kind: 'jobs',
    noun: 'job',
    references: ({ queueId, classificationPolicyId }) => [
      ...to('queues', queueId, 'queueId'),
      ...to('classificationPolicies', classificationPolicyId, 'classificationPolicyId'),
    ],
  },
  {
    kind: 'workers',
    noun: 'worker',
    references: ({ queues }) => entriesOf(queues).flatMap((id, index) => to('queues', id, 'queues', index)),
  },
  {
    kind: 'classificationPolicies',
    noun: 'classification policy',
    references: ({ fallbackQueueId }) => to('queues', fallbackQueueId, 'fallbackQueueId'),
  },
  {
    kind: 'queues',
    noun: 'queue',
    references: ({ distributionPolicyId, exceptionPolicyId }) => [
      ...to('distributionPolicies', distributionPolicyId, 'distributionPolicyId'),
      ...to('exceptionPolicies', exceptionPolicyId, 'exceptionPolicyId'),
    ],
  },
  { kind: 'exceptionPolicies', noun: 'exception policy', references: referencesOfActions },
  { kind: 'distributionPolicies', noun: 'distribution policy', references: () => [] },
];

const rows: ReadonlyMap<Kind, KindRow> = new Map(kinds.map((row) => [row.kind, row]));

/** Every place in a resource that names another one. */
export const referencesOf = (kind: Kind, content: Content): readonly Reference[] =>
  rows.get(kind)?.references(content) ?? [];

export const nounOf = (kind: Kind): string => rows.get(kind)?.noun ?? kind;

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
