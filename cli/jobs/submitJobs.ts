/** `job-router jobs submit`. */
import { randomUUID } from 'node:crypto';
import type { Refused, Unavailable } from '../../src/jobRouter/answer.ts';
import { idFrom, type JobId } from '../../src/jobRouter/ids.ts';
import { CALLS_AT_ONCE, inParallel } from '../../src/jobRouter/inParallel.ts';
import type { JobRouter } from '../../src/jobRouter/jobRouter.ts';
import type { Job } from '../../src/jobRouter/wire.ts';
import { isJobAsked } from '../../src/routing/compare/isJobAsked.ts';
import type { ConnectionOptions } from '../connection/connectionOptions.ts';
import { openRouter } from '../connection/openRouter.ts';
import { failureOf } from '../connection/routerFailure.ts';
import { readTextOf } from '../routing/readDocument.ts';
import { CommandFailed } from '../terminal/commandFailed.ts';
import { printable } from '../terminal/printable.ts';
import { errColors, outColors, remark, say, sayJson } from '../terminal/say.ts';
import { type JobWords, jobFromOptions, jobsIn, type WantedJob } from './wantedJobs.ts';

interface SubmitOptions extends ConnectionOptions, JobWords {}

/** What became of one job. */
type Submitted =
  | { readonly id: string; readonly outcome: 'created' | 'alreadyThere'; readonly job: Job }
  | { readonly id: string; readonly outcome: 'failed'; readonly message: string };

/** Submits jobs side by side, and says of each what became of it. Ends with 1 where one was not submitted. */
export async function submitJobs(file: string | undefined, options: SubmitOptions): Promise<number> {
  const wanted = await wantedBy(file, options);
  const { router } = await openRouter(options);
  const submitted = await inParallel(wanted, CALLS_AT_ONCE, (job) => submit(router, job));
  if (options.json) sayJson(submitted);
  else for (const one of submitted) tell(one);
  return submitted.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
}

async function wantedBy(file: string | undefined, words: SubmitOptions): Promise<readonly WantedJob[]> {
  if (file === undefined) return [jobFromOptions(words)];
  const { id, channel, queue, policy, priority, reference, label, tag } = words;
  if ([id, channel, queue, policy, priority, reference, label, tag].some((word) => word !== undefined)) {
    throw new CommandFailed({
      message: 'A file and options that describe a job are both given.',
      fix: 'give one of them',
    });
  }
  return jobsIn(await readTextOf(file), file);
}

/** A job that has an id of its own is looked for first: writing it again would change what has become of it. */
async function submit(router: JobRouter, { id = randomUUID(), ...input }: WantedJob): Promise<Submitted> {
  const jobId = idFrom<JobId>(id);
  const earlier = await router.getJob(jobId);
  if (earlier.kind === 'ok') {
    return isJobAsked(input, earlier.value)
      ? { id, outcome: 'alreadyThere', job: earlier.value }
      : { id, outcome: 'failed', message: 'There is a job with this id and other content.' };
  }
  if (earlier.kind !== 'refused' || earlier.reason !== 'notFound') return failed(id, earlier);
  const written = await router.upsertJob(jobId, input);
  return written.kind === 'ok'
    ? { id, outcome: 'created', job: written.value.resource }
    : failed(id, written);
}

const failed = (id: string, answer: Refused | Unavailable): Submitted => ({
  id,
  outcome: 'failed',
  message: failureOf(answer, `job ${id}`).message,
});

function tell(submitted: Submitted): void {
  const name = `job ${printable(submitted.id)}`;
  if (submitted.outcome === 'failed') {
    remark(`${errColors.red('Not submitted')}: ${name}. ${printable(submitted.message)}`);
  } else if (submitted.outcome === 'created') say(`${outColors.green('Submitted')} ${name}.`);
  else {
    say(`${outColors.dim('There already')}: ${name}, ${submitted.job.status ?? 'without a status'}.`);
  }
}
