/** One job of a request: looked for first where it may be there already, then written. */
import type { RouterAnswer } from '../../jobRouter/answer.ts';
import type { JobId } from '../../jobRouter/ids.ts';
import type { JobInput } from '../../jobRouter/inputs/jobInput.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import type { Job } from '../../jobRouter/wire.ts';
import { isJobAsked } from '../../routing/compare/isJobAsked.ts';
import type { Problem } from '../problem.ts';
import type { Thing } from '../turns.ts';
import { markOf, type Repeatable, submittedBy } from './idempotency.ts';
import { jobProblem } from './jobProblem.ts';
import type { ExplainJob } from './references.ts';

/** What is to be submitted. */
export interface Submission {
  readonly id: JobId;
  readonly job: JobInput;
  /** False: nobody can have heard of the id. */
  readonly mayExist: boolean;
  readonly request: Repeatable | undefined;
  /** Where it stands in the body. */
  readonly place: readonly PropertyKey[];
}

/** What became of it. */
export type Submitted =
  | { readonly kind: 'created' | 'existing'; readonly job: Job }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Where nobody else may be between the look and the write. */
export const turnsOf = (submissions: readonly Submission[]): Thing[] =>
  submissions.flatMap(({ id, mayExist }) => (mayExist ? [`jobs/${id}` as const] : []));

/** What is there under the id; undefined where it is free. */
export async function lookFor(submission: Submission, router: JobRouter): Promise<Submitted | undefined> {
  const { id, mayExist } = submission;
  if (!mayExist) return undefined;
  const earlier: RouterAnswer<Job> = await router.getJob(id);
  if (earlier.kind === 'ok') return compared(submission, earlier.value);
  const isFree = earlier.kind === 'refused' && earlier.reason === 'notFound';
  return isFree ? undefined : { kind: 'problem', problem: jobProblem(earlier, id) };
}

function compared({ request, job: asked }: Submission, job: Job): Submitted {
  const by = request === undefined ? 'unknown' : submittedBy(request, job);
  if (by === 'otherBody') return { kind: 'problem', problem: keyReused };
  // Whoever submitted it has moved it on since, or changed it; it is the job that was asked for all the same.
  if (by === 'thisOne' || isJobAsked(asked, job)) return { kind: 'existing', job };
  return { kind: 'problem', problem: jobExists(job) };
}

/**
 * Writes a job whose id is free. Between the question and the write another instance, or somebody who asks the router
 * himself, may have submitted it: the router merges the two, and has no condition that would prevent it; the answer at
 * least does not claim a creation.
 */
export async function write(
  { id, job, request, place }: Submission,
  router: JobRouter,
  explain: ExplainJob,
): Promise<Submitted> {
  const tags = { ...job.tags, ...(request && markOf(request)) };
  const written = await router.upsertJob(id, request ? { ...job, tags } : job);
  if (written.kind !== 'ok') return { kind: 'problem', problem: await explain(written, id, job, place) };
  const { created, resource } = written.value;
  return { kind: created ? 'created' : 'existing', job: resource };
}

const jobExists = ({ id, status }: Job): Problem => ({
  name: 'jobExists',
  status: 409,
  detail: `Job "${id}" exists with other content${status ? ` and is ${status}` : ''}. Use a new id, or delete that job first.`,
});

/** The refusal of a key that came before with another body (draft-ietf-httpapi-idempotency-key-header, 2.7). */
export const keyReused: Problem = {
  name: 'idempotencyKeyReused',
  status: 422,
  detail: 'Jobs were submitted under this Idempotency-Key by a request with another body. Use a new key.',
};
