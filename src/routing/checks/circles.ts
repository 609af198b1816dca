/**
 * Circles: a queue whose exception policy sends jobs, by way of a classification policy's fallback queue or at once, to
 * where they come back from. A job that nobody serves would go round for ever. An exception that leaves a job in its
 * queue, with another priority say, is none.
 */
import { entriesOf, membersOf } from '../compare/shape.ts';
import { type Content, nameOf, type Path, type ResourceRef } from '../model.ts';
import type { Flaw } from './checkDocument.ts';
import type { Everything } from './everything.ts';

/** One way from a queue to a queue. */
interface Move {
  readonly to: string;
  /** The queue it begins at, the exception policy, and the classification policy where there is one. */
  readonly through: readonly ResourceRef[];
  /** Where each of them names the next, within itself. */
  readonly references: readonly Path[];
}

/** Every circle that a declared resource is part of, once. */
export function circles(everything: Everything): readonly Flaw[] {
  const moves = new Map([...everything.of('queues').keys()].map((id) => [id, movesFrom(id, everything)]));
  const finished = new Set<string>();
  const found: Flaw[] = [];
  for (const start of moves.keys()) {
    // A walk in depth without recursion: a thousand queues may stand in a row.
    const trail: { readonly queue: string; readonly left: Move[]; taken?: Move }[] = [];
    const enter = (queue: string) => trail.push({ queue, left: [...(moves.get(queue) ?? [])] });
    if (!finished.has(start)) enter(start);
    for (let here = trail.at(-1); here !== undefined; here = trail.at(-1)) {
      const move = here.left.pop();
      if (move === undefined) {
        finished.add(here.queue);
        trail.pop();
        continue;
      }
      here.taken = move;
      const from = trail.findIndex(({ queue }) => queue === move.to);
      if (from >= 0)
        found.push(
          ...flawOf(
            trail.slice(from).flatMap(({ taken }) => taken ?? []),
            everything,
          ),
        );
      else if (!finished.has(move.to)) enter(move.to);
    }
  }
  return found;
}

function movesFrom(queueId: string, { of }: Everything): readonly Move[] {
  const { exceptionPolicyId } = of('queues').get(queueId) ?? {};
  if (typeof exceptionPolicyId !== 'string') return [];
  const through: readonly ResourceRef[] = [
    { kind: 'queues', id: queueId },
    { kind: 'exceptionPolicies', id: exceptionPolicyId },
  ];
  return actionsOf(of('exceptionPolicies').get(exceptionPolicyId)).flatMap(({ action, path }): Move[] => {
    const references: readonly Path[] = [['exceptionPolicyId']];
    const { queueId: to, classificationPolicyId: policyId } = action;
    if (typeof to === 'string' && to !== queueId) {
      return [{ to, through, references: [...references, [...path, 'queueId']] }];
    }
    const { fallbackQueueId } = of('classificationPolicies').get(String(policyId)) ?? {};
    if (typeof policyId !== 'string' || typeof fallbackQueueId !== 'string') return [];
    return [
      {
        to: fallbackQueueId,
        through: [...through, { kind: 'classificationPolicies', id: policyId }],
        references: [...references, [...path, 'classificationPolicyId'], ['fallbackQueueId']],
      },
    ];
  });
}

const actionsOf = ({ exceptionRules }: Content = {}) =>
  entriesOf(exceptionRules).flatMap((rule, place) =>
    entriesOf(membersOf(rule).actions).map((action, index) => ({
      action: membersOf(action),
      path: ['exceptionRules', place, 'actions', index] as const,
    })),
  );

/** Told where the last of its references stands that the document itself makes. */
function flawOf(moves: readonly Move[], { declared }: Everything): readonly Flaw[] {
  const steps = moves.flatMap(({ through, references }) =>
    through.map((resource, index) => ({ resource, path: references[index] ?? [] })),
  );
  const about = steps.map(({ resource }) => resource);
  const places = steps.flatMap(({ resource, path }) => {
    const own = declared.find(({ kind, id }) => kind === resource.kind && id === resource.id);
    return own === undefined ? [] : [[...own.path, ...path]];
  });
  const place = places.at(-1);
  if (place === undefined) return [];
  const round = [...about, ...about.slice(0, 1)].map(nameOf).join(' → ');
  return [{ path: place, expected: `expected no circle in which jobs go round: ${round}`, about }];
}
