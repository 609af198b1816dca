/**
 * What the service would say to deletions, one after the other in the order in which they are made: each that succeeds
 * frees what it kept in use, and each that is refused keeps it in use. Recorded, unless said otherwise.
 */
import { entriesOf, membersOf } from '../compare/shape.ts';
import { deletionLevels } from '../kinds.ts';
import {
  type Content,
  type Kind,
  nameOf,
  type Refusal,
  type RefusalReason,
  type ResourceName,
  type ResourceRef,
} from '../model.ts';

/** What a router holds, as it would be at some moment. */
export type World = Readonly<Record<Kind, ReadonlyMap<string, Content>>>;

/** A world whose parts `make` makes. */
export const byKind = (make: (kind: Kind) => Map<string, Content>): Changing => ({
  distributionPolicies: make('distributionPolicies'),
  classificationPolicies: make('classificationPolicies'),
  exceptionPolicies: make('exceptionPolicies'),
  queues: make('queues'),
  workers: make('workers'),
  jobs: make('jobs'),
});

type Changing = Record<Kind, Map<string, Content>>;

/** Which deletions would be made, and which refused. */
export interface Deletions {
  readonly made: readonly ResourceRef[];
  readonly refusals: readonly Refusal[];
  /** What is there afterwards. */
  readonly world: World;
}

/** @param cancelsJobs open jobs are cancelled before they are deleted. */
export function deletionsIn(
  world: World,
  wanted: readonly ResourceRef[],
  { cancelsJobs = false }: { readonly cancelsJobs?: boolean } = {},
): Deletions {
  const left = copyOf(world);
  const made: ResourceRef[] = [];
  const refusals: Refusal[] = [];
  for (const kind of deletionLevels.flat()) {
    for (const ref of wanted.filter((one) => one.kind === kind)) {
      const reasons = kind === 'jobs' && cancelsJobs ? [] : obstacles[kind](ref.id, left);
      if (reasons.length > 0) {
        refusals.push({ kind, id: ref.id, action: 'delete', status: refusedWith[kind], reasons });
        continue;
      }
      made.push(ref);
      left[kind].delete(ref.id);
      if (kind === 'jobs') freeWorkersOf(left.workers, ref.id);
    }
  }
  return { made, refusals, world: left };
}

const copyOf = (world: World): Changing => byKind((kind) => new Map(world[kind]));

function freeWorkersOf(workers: Map<string, Content>, jobId: string): void {
  for (const [id, worker] of workers) {
    const held = entriesOf(worker.assignedJobs);
    const assignedJobs = held.filter((assignment) => membersOf(assignment).jobId !== jobId);
    if (assignedJobs.length < held.length) workers.set(id, { ...worker, assignedJobs });
  }
}

/** Whether a job still keeps its queue, its policy and itself from being deleted. */
export const isOpen = ({ status }: Content): boolean => status !== 'closed' && status !== 'cancelled';

const namesOf = (
  kind: Kind,
  resources: ReadonlyMap<string, Content>,
  isInTheWay: (content: Content) => boolean,
): ResourceName[] =>
  [...resources].filter(([, content]) => isInTheWay(content)).map(([id]) => nameOf({ kind, id }));

/** A reason, where anything stands in the way. */
const because = (code: string, message: string, names: readonly ResourceName[]): RefusalReason[] =>
  names.length > 0 ? [{ code, message, because: names.slice(0, MOST_NAMED) }] : [];

const MOST_NAMED = 10;

const refusedWith: Readonly<Record<Kind, number>> = {
  distributionPolicies: 400,
  exceptionPolicies: 400,
  classificationPolicies: 400,
  workers: 400,
  queues: 409,
  jobs: 409,
};

type Obstacles = (id: string, world: World) => readonly RefusalReason[];

const obstacles: Readonly<Record<Kind, Obstacles>> = {
  distributionPolicies: (id, { queues }) =>
    because(
      'QueueExistsWithDistributionPolicy',
      'There is a queue with this distribution policy',
      namesOf('queues', queues, ({ distributionPolicyId }) => distributionPolicyId === id),
    ),
  exceptionPolicies: (id, { queues }) =>
    because(
      'QueueExistsWithExceptionPolicy',
      'There is a queue with this exception policy',
      namesOf('queues', queues, ({ exceptionPolicyId }) => exceptionPolicyId === id),
    ),
  classificationPolicies: (id, { jobs }) =>
    because(
      'ActiveJobWithClassificationPolicyExist',
      'There is active job with this classification policy',
      namesOf('jobs', jobs, (job) => isOpen(job) && job.classificationPolicyId === id),
    ),
  // The service gives these reasons no codes of their own.
  queues: (id, { jobs, workers, classificationPolicies }) => [
    ...because(
      'ActiveJobWithQueueExist',
      'There is active job with this queue',
      namesOf('jobs', jobs, (job) => isOpen(job) && job.queueId === id),
    ),
    ...because(
      'WorkerAssignedToQueueExist',
      'There is an assigned worker to this queue',
      namesOf('workers', workers, ({ queues }) => entriesOf(queues).includes(id)),
    ),
    ...because(
      'ClassificationPolicyWithFallbackQueueExist',
      'There is classification policy with this queue as fallback queue',
      namesOf(
        'classificationPolicies',
        classificationPolicies,
        ({ fallbackQueueId }) => fallbackQueueId === id,
      ),
    ),
  ],
  // The code was seen in the field. Where we guessed: 400 and the text.
  workers: (id, { workers }) =>
    because(
      'WorkerHasAssignments',
      'There are assignments with this worker',
      entriesOf(workers.get(id)?.assignedJobs).flatMap((held) => {
        const { jobId } = membersOf(held);
        return typeof jobId === 'string' ? [nameOf({ kind: 'jobs', id: jobId })] : [];
      }),
    ),
  // The service gives this reason no code of its own.
  jobs: (id, { jobs }) => {
    const job = jobs.get(id);
    if (!job || !isOpen(job)) return [];
    return because('JobIsActive', 'The job is neither closed nor cancelled', [nameOf({ kind: 'jobs', id })]);
  },
};
