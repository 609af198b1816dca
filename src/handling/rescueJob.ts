/** Moves a job that waits for somebody. It is read first: events come late, and a patch would also hit a job that went on. */
import type { ActivateJob, MoveToFallback } from '../automation/decision.ts';
import type { JobUpdate } from '../jobRouter/jobRouter.ts';
import type { Job } from '../jobRouter/wire.ts';
import { mustRetry, type Outcome, refusedForGood } from '../outcome.ts';
import type { Means } from './perform.ts';

type Rescue = ActivateJob | MoveToFallback;

/** The statuses from which each can be done (documented: scheduled and suspended jobs; recorded: pendingSchedule). */
const stuckIn: Readonly<Record<Rescue['kind'], readonly string[]>> = {
  ActivateJob: ['waitingForActivation', 'scheduled', 'pendingSchedule'],
  MoveToFallback: ['classificationFailed'],
};

/** Does it if the job is still where the event left it, and nobody writes it meanwhile. */
export async function rescueJob(action: Rescue, { router }: Pick<Means, 'router'>): Promise<Outcome> {
  const read = await router.getJob(action.jobId);
  if (read.kind === 'unavailable') return mustRetry(read);
  if (read.kind === 'refused') {
    return read.reason === 'notFound'
      ? { kind: 'alreadyDone', reason: `${action.jobId} is gone` }
      : refusedForGood(read);
  }
  const { status, etag } = read.value;
  if (!isStuck(read.value, action)) {
    return { kind: 'alreadyDone', reason: `${action.jobId} is ${status ?? 'elsewhere'}` };
  }
  const patched = await router.updateJob(
    action.jobId,
    updateOf(action),
    etag === undefined ? {} : { ifMatch: etag },
  );
  switch (patched.kind) {
    case 'ok':
      return { kind: 'done' };
    case 'unavailable':
      return mustRetry(patched);
    case 'refused':
      return patched.reason === 'changed' || patched.reason === 'conflict'
        ? { kind: 'mustRetry', cause: `${action.jobId} is being changed`, retryAfterSeconds: 1 }
        : refusedForGood(patched);
  }
}

const isStuck = ({ status }: Job, { kind }: Rescue): boolean =>
  status !== undefined && stuckIn[kind].includes(status);

function updateOf(action: Rescue): JobUpdate {
  switch (action.kind) {
    case 'ActivateJob':
      return {
        matchingMode: { kind: 'queueAndMatch' },
        ...(action.priority !== undefined && { priority: action.priority }),
      };
    case 'MoveToFallback':
      // The policy failed once and would fail again; without it the named queue stands.
      return { classificationPolicyId: null, queueId: action.queueId };
  }
}
