/** `job-router jobs cancel`, `complete`, `close`, `unassign`, `reclassify` and `delete`. */
import type { RouterAnswer } from '../../src/jobRouter/answer.ts';
import { type AssignmentId, idFrom, type JobId } from '../../src/jobRouter/ids.ts';
import type { JobRouter } from '../../src/jobRouter/jobRouter.ts';
import type { ConnectionOptions } from '../connection/connectionOptions.ts';
import { openRouter } from '../connection/openRouter.ts';
import { needed } from '../connection/routerFailure.ts';
import { CommandFailed } from '../terminal/commandFailed.ts';
import { printable } from '../terminal/printable.ts';
import { outColors, say, sayJson } from '../terminal/say.ts';
import { assignmentsOf } from './assignmentsOf.ts';

interface NoteOption extends ConnectionOptions {
  readonly note?: string;
}

interface EndOptions extends NoteOption {
  readonly dispositionCode?: string;
}

interface AssignmentOption extends ConnectionOptions {
  readonly assignment?: string;
}

type Assignment = ReturnType<typeof assignmentsOf>[number];

export const cancelJob = (id: string, options: EndOptions): Promise<number> =>
  move(id, options, 'cancelled', (router, jobId) =>
    router.cancelJob(jobId, { ...noteIn(options), ...codeIn(options) }),
  );

export const reclassifyJob = (id: string, options: ConnectionOptions): Promise<number> =>
  move(id, options, 'reclassified', (router, jobId) => router.reclassifyJob(jobId));

/** The service deletes what is not there with success, too; whoever misspelt an id wants to know. */
export const deleteJob = (id: string, options: ConnectionOptions): Promise<number> =>
  move(id, options, 'deleted', async (router, jobId) => {
    needed(await router.getJob(jobId), `job ${id}`);
    return router.deleteJob(jobId);
  });

export const completeJob = (id: string, options: NoteOption & AssignmentOption): Promise<number> =>
  move(id, options, 'completed', async (router, jobId) => {
    const assignmentId = await assignmentFor(router, jobId, options, isOpen);
    return router.completeAssignment(jobId, assignmentId, noteIn(options));
  });

export const closeJob = (
  id: string,
  options: EndOptions & AssignmentOption & { readonly at?: Date },
): Promise<number> =>
  move(id, options, options.at === undefined ? 'closed' : 'closing', async (router, jobId) => {
    const assignmentId = await assignmentFor(router, jobId, options, isCompleted);
    const closeAt = options.at === undefined ? {} : { closeAt: options.at };
    return router.closeAssignment(jobId, assignmentId, {
      ...noteIn(options),
      ...codeIn(options),
      ...closeAt,
    });
  });

export const unassignJob = (id: string, options: AssignmentOption): Promise<number> =>
  move(id, options, 'unassigned', async (router, jobId) =>
    router.unassignJob(jobId, await assignmentFor(router, jobId, options, isOpen)),
  );

type Outcome =
  | 'cancelled'
  | 'reclassified'
  | 'deleted'
  | 'completed'
  | 'closed'
  /** The service closes it at the time that was asked for. */
  | 'closing'
  | 'unassigned';

async function move(
  id: string,
  options: ConnectionOptions,
  outcome: Outcome,
  call: (router: JobRouter, jobId: JobId) => Promise<RouterAnswer<void>>,
): Promise<number> {
  const { router } = await openRouter(options);
  needed(await call(router, idFrom(id)), `job ${id}`);
  if (options.json) sayJson({ id, outcome });
  else
    say(
      `${outColors.green('Done')}: job ${printable(id)} is ${outcome === 'closing' ? 'closed then' : outcome}.`,
    );
  return 0;
}

const isOpen = ({ completedAt }: Assignment): boolean => completedAt === undefined;
const isCompleted = ({ completedAt, closedAt }: Assignment): boolean =>
  completedAt !== undefined && closedAt === undefined;

/** The one that is named, or else the latest that fits; where none does, the router itself says what is wrong. */
async function assignmentFor(
  router: JobRouter,
  jobId: JobId,
  { assignment }: AssignmentOption,
  fits: (assignment: Assignment) => boolean,
): Promise<AssignmentId> {
  if (assignment !== undefined) return idFrom(assignment);
  const job = needed(await router.getJob(jobId), `job ${jobId}`);
  const all = assignmentsOf(job);
  const chosen = all.findLast(fits) ?? all.at(-1);
  if (chosen) return idFrom(chosen.assignmentId);
  throw new CommandFailed({
    message: `Job ${jobId} is ${job.status ?? 'without a status'} and has no assignment.`,
  });
}

const noteIn = ({ note }: NoteOption) => (note === undefined ? {} : { note });
const codeIn = ({ dispositionCode }: EndOptions) =>
  dispositionCode === undefined ? {} : { dispositionCode };
