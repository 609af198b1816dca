/** Where a document asks for labels: selectors that have to hold together, and who has to satisfy them. */
import { todaysKind } from '../../jobRouter/inputs/kind.ts';
import type { Selector } from '../../jobRouter/labelComparison.ts';
import { entriesOf, membersOf } from '../compare/shape.ts';
import type { DeclaredAt } from '../declared.ts';
import type { Content, Path } from '../model.ts';
import type { Everything } from './everything.ts';
import { type Queues, queuesOfJob, queuesOfPolicy } from './possibleQueues.ts';
import { selectorsIn } from './selectorsIn.ts';

/** Selectors that have to hold together. */
export interface Demand {
  readonly path: Path;
  readonly of: 'worker' | 'queue';
  readonly selectors: readonly Selector[];
  /** The queues of one of which the workers are asked for. Absent: any. */
  readonly queues?: Queues;
  /** What they have to serve. Absent: anything. */
  readonly channelId?: string | undefined;
  /** Parts of this one, each told by itself. */
  readonly beside?: readonly Demand[];
}

/** Every demand that a declared resource makes. */
export function demandsOf(
  { kind, id, content, path }: DeclaredAt,
  everything: Everything,
): readonly Demand[] {
  switch (kind) {
    case 'jobs':
      return demandsOfJob(content, path, everything);
    case 'exceptionPolicies':
      return entriesOf(content.exceptionRules).flatMap((rule, place) =>
        entriesOf(membersOf(rule).actions).map((action, index): Demand => {
          const { workerSelectors, queueId } = membersOf(action);
          return {
            of: 'worker',
            path: [...path, 'exceptionRules', place, 'actions', index, 'workerSelectors'],
            selectors: selectorsIn(workerSelectors),
            queues: typeof queueId === 'string' ? [queueId] : undefined,
          };
        }),
      );
    case 'classificationPolicies': {
      const queues = queuesOfPolicy(everything.of(kind).get(id) ?? content, everything);
      return [
        ...attachedDemands('queue', content, path),
        ...attachedDemands('worker', content, path).map((demand) => inQueues(demand, queues)),
      ];
    }
    default:
      return [];
  }
}

/** What a job asks for, and what its policy asks for beside it in the queue where the job waits. */
function demandsOfJob(content: Content, path: Path, everything: Everything): readonly Demand[] {
  const { channelId, classificationPolicyId, requestedWorkerSelectors } = content;
  const own: Demand = {
    of: 'worker',
    path: [...path, 'requestedWorkerSelectors'],
    selectors: selectorsIn(requestedWorkerSelectors),
    queues: queuesOfJob(content, everything),
    channelId: textOf(channelId),
  };
  const policy = everything.of('classificationPolicies').get(String(classificationPolicyId));
  const [attached] = policy === undefined ? [] : attachedDemands('worker', policy, path);
  if (policy === undefined || attached === undefined || attached.selectors.length === 0) return [own];
  const isOwnQueue = content.queueId !== undefined;
  return [
    own,
    {
      ...own,
      path: [...path, 'classificationPolicyId'],
      selectors: [...own.selectors, ...attached.selectors],
      // In a queue of its own the job may be alone in having nobody; elsewhere the policy is at fault, and told of.
      beside: [own, isOwnQueue ? attached : inQueues(attached, own.queues)],
    },
  ];
}

const inQueues = ({ beside, ...demand }: Demand, queues: Queues): Demand => ({
  ...demand,
  queues,
  ...(beside && { beside: beside.map((part) => inQueues(part, queues)) }),
});

/** The static selectors of a policy hold for every job; those of a condition or an allocation hold beside them. */
function attachedDemands(of: Demand['of'], content: Content, path: Path): readonly Demand[] {
  const member = `${of}SelectorAttachments`;
  const attachments = entriesOf(content[member]).map(membersOf);
  const always = attachments.flatMap((attachment) => selectorsIn([attachment[`${of}Selector`]]));
  const base: Demand = { of, path: [...path, member], selectors: always };
  const beside = (place: Path, selectors: unknown): Demand => ({
    of,
    path: [...path, member, ...place],
    selectors: [...always, ...selectorsIn(selectors)],
    beside: [base],
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

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
