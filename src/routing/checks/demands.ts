/** Where a document asks for labels: selectors that have to hold together, and who has to satisfy them. */
import * as z from 'zod';
import { todaysKind } from '../../jobRouter/inputs/kind.ts';
import { labelOperator } from '../../jobRouter/inputs/selectors.ts';
import type { Selector } from '../../jobRouter/labelComparison.ts';
import { scalar } from '../../jobRouter/wire.ts';
import { entriesOf, membersOf } from '../compare/shape.ts';
import type { DeclaredAt } from '../declared.ts';
import type { Path } from '../model.ts';

/** Selectors that have to hold together. */
export interface Demand {
  readonly path: Path;
  readonly of: 'worker' | 'queue';
  readonly selectors: readonly Selector[];
  /** The queue whose workers are asked for. Absent: any. */
  readonly queueId?: string | undefined;
  /** What they have to serve. Absent: anything. */
  readonly channelId?: string | undefined;
  /** Part of this one, told by itself. */
  readonly beside?: Demand;
}

/** Every demand that a declared resource makes. */
export function demandsOf({ kind, content, path }: DeclaredAt): readonly Demand[] {
  switch (kind) {
    case 'jobs':
      return [
        {
          of: 'worker',
          path: [...path, 'requestedWorkerSelectors'],
          selectors: selectorsIn(content.requestedWorkerSelectors),
          queueId: textOf(content.queueId),
          channelId: textOf(content.channelId),
        },
      ];
    case 'exceptionPolicies':
      return entriesOf(content.exceptionRules).flatMap((rule, place) =>
        entriesOf(membersOf(rule).actions).map((action, index): Demand => {
          const { workerSelectors, queueId } = membersOf(action);
          return {
            of: 'worker',
            path: [...path, 'exceptionRules', place, 'actions', index, 'workerSelectors'],
            selectors: selectorsIn(workerSelectors),
            queueId: textOf(queueId),
          };
        }),
      );
    case 'classificationPolicies':
      return (['queue', 'worker'] as const).flatMap((of) => attachedDemands(of, content, path));
    default:
      return [];
  }
}

/** The static selectors of a policy hold for every job; those of a condition or an allocation hold beside them. */
function attachedDemands(of: Demand['of'], content: DeclaredAt['content'], path: Path): readonly Demand[] {
  const member = `${of}SelectorAttachments`;
  const attachments = entriesOf(content[member]).map(membersOf);
  const always = attachments.flatMap((attachment) => selectorsIn([attachment[`${of}Selector`]]));
  const base: Demand = { of, path: [...path, member], selectors: always };
  const beside = (place: Path, selectors: unknown): Demand => ({
    of,
    path: [...path, member, ...place],
    selectors: [...always, ...selectorsIn(selectors)],
    beside: base,
  });
  return [
    base,
    ...attachments.flatMap((attachment, index) => {
      const { kind, condition, allocations } = attachment;
      const list = `${of}Selectors`;
      if (todaysKind(String(kind)) === 'conditional') {
        return isNever(condition) ? [] : [beside([index, list], attachment[list])];
      }
      return entriesOf(allocations)
        .map(membersOf)
        .map((allocation, place) => beside([index, 'allocations', place, list], allocation[list]));
    }),
  ];
}

const isNever = (condition: unknown): boolean => {
  const { kind, value } = membersOf(condition);
  return todaysKind(String(kind)) === 'static' && value === false;
};

const selector = z.object({
  key: z.string(),
  labelOperator,
  value: scalar.optional(),
  expiresAfterSeconds: z.number().optional(),
});

/** Selectors that are asked for always: one that expires keeps nobody waiting for ever. What does not read is left out. */
const selectorsIn = (value: unknown): readonly Selector[] =>
  entriesOf(value)
    .flatMap((entry) => selector.safeParse(entry).data ?? [])
    .filter(({ expiresAfterSeconds }) => expiresAfterSeconds === undefined);

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
