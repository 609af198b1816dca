import { todaysKind } from '../../jobRouter/inputs/kind.ts';
import { type Selector, satisfiesAll } from '../../jobRouter/labelComparison.ts';
import { entriesOf, membersOf } from '../compare/shape.ts';
import type { Content } from '../model.ts';
import type { Everything } from './everything.ts';
import { selectorsIn } from './selectorsIn.ts';

/** Queues by id. Absent: any. */
export type Queues = readonly string[] | undefined;

/** The queues in which a job can wait: its own, or those that its policy can choose. */
export function queuesOfJob({ queueId, classificationPolicyId }: Content, everything: Everything): Queues {
  if (typeof queueId === 'string') return [queueId];
  const policy = everything.of('classificationPolicies').get(String(classificationPolicyId));
  return policy && queuesOfPolicy(policy, everything);
}

/**
 * The queues that a classification policy can choose for a job without one. Rules and labels of jobs may choose any;
 * static selectors choose the queues that fit, once it is known which there are. A policy that chooses none is meant for
 * jobs that have a queue, which may be any.
 *
 * Where we guessed: a policy without queue selectors chooses its fallback queue.
 */
export function queuesOfPolicy(policy: Content, { of, isAll }: Everything): Queues {
  const attachments = entriesOf(policy.queueSelectorAttachments).map(membersOf);
  if (attachments.some(({ kind }) => todaysKind(String(kind)) !== 'static')) return undefined;
  const selectors = attachments.flatMap(({ queueSelector }) => selectorsIn([queueSelector]));
  if (selectors.length > 0 && !isAll) return undefined;
  const fitting = selectors.length === 0 ? [] : queuesWith(selectors, of('queues'));
  const { fallbackQueueId } = policy;
  if (fitting.length > 0) return fitting;
  return typeof fallbackQueueId === 'string' ? [fallbackQueueId] : undefined;
}

const queuesWith = (selectors: readonly Selector[], queues: ReadonlyMap<string, Content>): string[] =>
  [...queues]
    .filter(([id, { labels }]) => satisfiesAll({ ...membersOf(labels), Id: id }, selectors))
    .map(([id]) => id);
