import type { Everything } from '../checks/everything.ts';
import { entriesOf, membersOf } from '../compare/shape.ts';
import type { Content, Kind } from '../model.ts';

/** What an exception may change about a job. */
const movedByExceptions: readonly string[] = [
  'queueId',
  'priority',
  'requestedWorkerSelectors',
  'labels',
  'classificationPolicyId',
];

/**
 * What still counts of a declared job once it has been submitted. Its classification policy gives it a priority, and an
 * exception may have sent it to another queue under other labels: a plan must not take back what the router did by the
 * policies it was given.
 *
 * @param everything the policies and queues as they will be, so that a plan that was half carried out says the same again.
 */
export function jobAsSubmitted(declared: Content, job: Content, everything: Pick<Everything, 'of'>): Content {
  const contentOf = (kind: Kind, id: unknown): Content => everything.of(kind).get(String(id)) ?? {};
  const policyId = declared.classificationPolicyId ?? job.classificationPolicyId;
  const { prioritizationRule } = contentOf('classificationPolicies', policyId);
  const mayHaveMoved = [declared.queueId, job.queueId].some((queueId) => {
    const { exceptionPolicyId } = contentOf('queues', queueId);
    return movesJobs(contentOf('exceptionPolicies', exceptionPolicyId));
  });
  const decided = new Set([
    ...(prioritizationRule === undefined ? [] : ['priority']),
    ...(mayHaveMoved ? movedByExceptions : []),
  ]);
  return Object.fromEntries(Object.entries(declared).filter(([member]) => !decided.has(member)));
}

const movesJobs = ({ exceptionRules }: Content): boolean =>
  entriesOf(exceptionRules).some((rule) =>
    entriesOf(membersOf(rule).actions).some((action) => membersOf(action).kind !== 'cancel'),
  );
