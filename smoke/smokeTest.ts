/** Whether a deployed app does its work: it is healthy, takes a job, and events carry the job to its end. */
import type { Clock } from '../src/clock.ts';
import { type AppUnderTest, SmokeFailure } from './appUnderTest.ts';
import { hintFor, type Milestone, progressOf } from './jobProgress.ts';

export interface SmokeTest {
  readonly app: AppUnderTest;
  readonly clock: Pick<Clock, 'now' | 'wait'>;
  readonly say: (line: string) => void;
  /** The job to submit, without an id. */
  readonly job: object;
  /** Fresh: a job of an earlier run must not pass for this one. */
  readonly jobId: string;
  /** Applied before the job is submitted, where given. */
  readonly routing?: unknown;
  readonly until: Milestone;
  /** For becoming healthy, and again for the job. */
  readonly limitSeconds: number;
}

const PAUSE_MILLISECONDS = 2_000;

/** @throws SmokeFailure at the first step that does not come out right. */
export async function runSmokeTest(test: SmokeTest): Promise<void> {
  await becomeHealthy(test);
  if (test.routing !== undefined) await applyRouting(test);
  await submit(test);
  await follow(test);
}

/** A new deployment may be starting, and its role assignments may be on their way, so a refusal is not the end. */
async function becomeHealthy({ app, clock, say, limitSeconds }: SmokeTest): Promise<void> {
  let last = 'nothing was asked';
  for await (const _ of attempts(clock, limitSeconds)) {
    const { status, explanation } = await app('GET', 'health');
    if (status === 200) return say('healthy');
    if (explanation !== last) say(`not healthy yet: ${explanation}`);
    last = explanation;
  }
  throw new SmokeFailure(`The app is not healthy after ${limitSeconds} s: ${last}`);
}

async function applyRouting({ app, say, routing }: SmokeTest): Promise<void> {
  const { status, explanation } = await app('PUT', 'routing', routing);
  if (status !== 200) throw new SmokeFailure(`The routing document was not applied: ${explanation}`);
  say('routing document applied');
}

async function submit({ app, say, job, jobId }: SmokeTest): Promise<void> {
  const { status, explanation } = await app('POST', 'jobs', { ...job, id: jobId });
  if (status === 401) throw new SmokeFailure('The app does not take the key in FUNCTION_KEY (401)');
  if (status !== 201) throw new SmokeFailure(`Job ${jobId} was not taken: ${explanation}`);
  say(`submitted ${jobId}`);
}

async function follow({ app, clock, say, jobId, until, limitSeconds }: SmokeTest): Promise<void> {
  let last = 'submitted';
  for await (const _ of attempts(clock, limitSeconds)) {
    const progress = progressOf(await app('GET', `jobs/${encodeURIComponent(jobId)}`), until);
    if (progress.kind === 'failed')
      throw new SmokeFailure(`Job ${jobId} will not get there: ${progress.why}`);
    if (progress.at !== last) say(progress.at);
    if (progress.kind === 'arrived') return;
    last = progress.at;
  }
  throw new SmokeFailure(
    `Job ${jobId} is not ${until} after ${limitSeconds} s; last seen: ${last}. ${hintFor(last)}`,
  );
}

/** Turns until the limit has passed, with a pause between them; one at least. */
async function* attempts(clock: SmokeTest['clock'], limitSeconds: number): AsyncGenerator<void> {
  const end = clock.now().getTime() + limitSeconds * 1000;
  for (;;) {
    yield;
    if (clock.now().getTime() + PAUSE_MILLISECONDS > end) return;
    await clock.wait(PAUSE_MILLISECONDS);
  }
}
