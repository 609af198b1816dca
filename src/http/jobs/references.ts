import { pointerTo, shown } from '../../input/inputProblems.ts';
import type { Refused, Unavailable } from '../../jobRouter/answer.ts';
import type { JobId } from '../../jobRouter/ids.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import type { ResourceKind } from '../../jobRouter/resources.ts';
import { resourceId } from '../../jobRouter/wire.ts';
import type { Problem } from '../problem.ts';
import { jobProblem } from './jobProblem.ts';

/** What a job names besides itself. */
export interface References {
  readonly queueId?: string | null | undefined;
  readonly classificationPolicyId?: string | null | undefined;
}

/** Why the router did not take a job, as far as a caller can mend it. */
export type ExplainJob = (
  answer: Refused | Unavailable,
  jobId: JobId,
  references: References,
  /** Where the job stands in the body. */
  place: readonly PropertyKey[],
) => Promise<Problem>;

/** The router says no in words of its own; what a job names and does not exist is worth another look. Each is looked for once. */
export function explainJobs(router: JobRouter): ExplainJob {
  const looks = new Map<string, Promise<boolean>>();
  const isMissing = (kind: ResourceKind, id: string): Promise<boolean> => {
    const key = `${kind}/${id}`;
    const look = looks.get(key) ?? lookFor(router, kind, id);
    looks.set(key, look);
    return look;
  };

  return async (answer, jobId, { queueId, classificationPolicyId }, place) => {
    if (answer.kind !== 'refused' || answer.reason !== 'other') return jobProblem(answer, jobId);
    const named = [
      ['queueId', 'queues', queueId],
      ['classificationPolicyId', 'classificationPolicies', classificationPolicyId],
    ] as const;
    const found = await Promise.all(
      named.map(async ([member, kind, id]) =>
        typeof id === 'string' && (await isMissing(kind, id)) ? [errorAt([...place, member], id)] : [],
      ),
    );
    const errors = found.flat();
    if (errors.length === 0) return jobProblem(answer, jobId);
    const detail = `What job "${jobId}" names does not exist in the router.`;
    return { name: 'unknownReference', status: 400, detail, errors };
  };
}

const errorAt = (path: readonly PropertyKey[], id: string) => ({
  pointer: pointerTo(path),
  detail: `expected an id that the router knows; found ${shown(id)}`,
});

async function lookFor(router: JobRouter, kind: ResourceKind, id: string): Promise<boolean> {
  // What cannot be an id names nothing, and in an address it would name something else.
  if (!resourceId.safeParse(id).success) return true;
  const answer = await router.resources(kind).get(id);
  return answer.kind === 'refused' && answer.reason === 'notFound';
}
