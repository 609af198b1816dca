import type { Refused, Unavailable } from '../../jobRouter/answer.ts';
import { idFrom, type WorkerId } from '../../jobRouter/ids.ts';
import { resourceId } from '../../jobRouter/wire.ts';
import { notYourOwn } from '../access.ts';
import { type Caller, hasRole, isWorker, type Role } from '../caller.ts';
import type { Problem } from '../problem.ts';
import type { Read } from '../readBody.ts';
import { routerProblem } from '../routerProblem.ts';

/** The worker that a path names, for whoever has one of `roles`, or is that worker. */
export function workerIdIn(
  { workerId = '' }: Readonly<Record<string, string>>,
  caller: Caller,
  ...roles: readonly Role[]
): Read<WorkerId> {
  if (!hasRole(caller, ...roles) && !isWorker(caller, workerId)) {
    return { kind: 'problem', problem: notYourOwn };
  }
  return resourceId.safeParse(workerId).success
    ? { kind: 'read', value: idFrom<WorkerId>(workerId) }
    : { kind: 'problem', problem: workerNotFound(workerId) };
}

/** What a caller is told about a worker when the router did not do what it was asked. */
export const workerProblem = (answer: Refused | Unavailable, id: WorkerId): Problem =>
  answer.kind === 'refused' && answer.reason === 'notFound'
    ? workerNotFound(id)
    : routerProblem(answer, `worker ${id}`);

const workerNotFound = (id: string): Problem => ({
  name: 'workerNotFound',
  status: 404,
  detail: `Job Router has no worker "${id}".`,
});
