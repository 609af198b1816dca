/**
 * Selectors that nobody can satisfy: because they contradict each other, or because a queue has workers and none of them
 * fits. A queue without any worker is left alone, since its workers may come from elsewhere.
 */
import { satisfiesAll } from '../../jobRouter/labelComparison.ts';
import { entriesOf, membersOf } from '../compare/shape.ts';
import type { Content } from '../model.ts';
import type { Flaw } from './checkDocument.ts';
import { contradictedLabel } from './contradiction.ts';
import { type Demand, demandsOf } from './demands.ts';
import type { Everything } from './everything.ts';

/** A worker in one of its queues. */
interface Member {
  readonly queueId: string;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly channels: ReadonlySet<unknown>;
  readonly isBypassed: boolean;
}

/** Every demand of the document that cannot be met. */
export function impossibleSelectors(everything: Everything): readonly Flaw[] {
  const members = membersIn(everything);
  return everything.declared
    .filter(({ kind, id }) => !(kind === 'jobs' && hasEnded(everything.of('jobs').get(id))))
    .flatMap((resource) =>
      demandsOf(resource, everything)
        .flatMap((demand) => flawIn(demand, members, everything) ?? [])
        .map((finding) => ({ ...finding, about: [{ kind: resource.kind, id: resource.id }] })),
    );
}

/** A job that is no longer waiting for anybody stays as it is. */
const hasEnded = ({ status }: Content = {}): boolean =>
  ['assigned', 'completed', 'closed', 'cancelled'].includes(String(status));

function flawIn(
  demand: Demand,
  members: Members,
  everything: Everything,
): Pick<Flaw, 'path' | 'expected'> | undefined {
  // What is wrong with the selectors that always hold is told of these alone.
  if (demand.beside?.some((part) => flawIn(part, members, everything))) return undefined;
  return (
    contradictionIn(demand, everything) ??
    (demand.of === 'worker' ? nobodyFor(demand, members, everything) : undefined)
  );
}

function contradictionIn({ path, of, selectors, queues }: Demand, everything: Everything) {
  const possible = queues ?? [...everything.of('queues').keys()];
  if (of === 'worker' && possible.some((id) => bypasses(id, everything))) return undefined;
  const label = contradictedLabel(selectors);
  if (label === undefined) return undefined;
  return {
    path,
    expected: `expected selectors that some ${of} can satisfy; no label "${label}" is all they ask for`,
  };
}

function nobodyFor({ path, selectors, queues, channelId }: Demand, members: Members, { of }: Everything) {
  // A queue that is nowhere is told of as such, and who works in one without workers is not known.
  const inQueue = queues?.map((id) => (of('queues').has(id) ? (members.byQueue.get(id) ?? []) : []));
  if (inQueue?.some((some) => some.length === 0)) return undefined;
  const candidates = inQueue?.flat() ?? members.all;
  if (candidates.length === 0) return undefined;
  const whose = queues === undefined ? 'any queue' : `queue ${queues.join(' or ')}`;
  const serving = candidates.filter(({ channels }) => channelId === undefined || channels.has(channelId));
  if (serving.length === 0) {
    return {
      path: [...path.slice(0, 2), 'channelId'],
      expected: `expected a channel that a worker of ${whose} serves`,
    };
  }
  const isMet = serving.some((member) => member.isBypassed || satisfiesAll(member.labels, selectors));
  if (isMet) return undefined;
  return {
    path,
    expected: `expected selectors that a worker of ${whose} can satisfy; none of ${serving.length} does`,
  };
}

interface Members {
  readonly all: readonly Member[];
  readonly byQueue: ReadonlyMap<string, readonly Member[]>;
}

function membersIn(everything: Everything): Members {
  const { of } = everything;
  const all = [...of('workers')].flatMap(([id, worker]) =>
    entriesOf(worker.queues).map((queue): Member => {
      const queueId = String(queue);
      return {
        queueId,
        // The router gives every worker this label (recorded), whatever others are declared.
        labels: { ...membersOf(worker.labels), Id: id },
        channels: servedBy(worker),
        isBypassed: bypasses(queueId, everything),
      };
    }),
  );
  return { all, byQueue: Map.groupBy(all, ({ queueId }) => queueId) };
}

/** The channels of which a worker can take a job, once all others are done. */
const servedBy = ({ channels, capacity }: Content): ReadonlySet<unknown> =>
  new Set(
    entriesOf(channels)
      .map(membersOf)
      .filter(({ capacityCostPerJob: cost }) => !(Number(cost) > Number(capacity)))
      .map(({ channelId }) => channelId),
  );

function bypasses(queueId: string, { of, isAll }: Everything): boolean {
  const { distributionPolicyId } = of('queues').get(queueId) ?? {};
  const policy = of('distributionPolicies').get(String(distributionPolicyId));
  // A policy that the router may have may bypass them. One that is nowhere is a mistake, and hides no other.
  return policy === undefined ? !isAll : membersOf(policy.mode).bypassSelectors === true;
}
