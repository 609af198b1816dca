import type { Refused, Unavailable } from '../../jobRouter/answer.ts';
import { idFrom, type JobId } from '../../jobRouter/ids.ts';
import { resourceId } from '../../jobRouter/wire.ts';
import type { Problem } from '../problem.ts';
import type { Read } from '../readBody.ts';
import { routerProblem } from '../routerProblem.ts';

/** The job that a path names. An id that cannot be one names no job; the router need not be asked. */
export function jobIdIn({ jobId = '' }: Readonly<Record<string, string>>): Read<JobId> {
  return resourceId.safeParse(jobId).success
    ? { kind: 'read', value: idFrom<JobId>(jobId) }
    : { kind: 'problem', problem: jobNotFound(jobId) };
}

/** What a caller is told about a job when the router did not do what it was asked. */
export const jobProblem = (answer: Refused | Unavailable, id: JobId): Problem =>
  answer.kind === 'refused' && answer.reason === 'notFound'
    ? jobNotFound(id)
    : routerProblem(answer, `job ${id}`);

const jobNotFound = (id: string): Problem => ({
  name: 'jobNotFound',
  status: 404,
  detail: `Job Router has no job "${id}". Jobs are deleted once they are closed where a rule says so.`,
});
