import { colors } from '../colors.ts';
import { playManyJobs, type Summary } from '../demo/manyJobs.ts';
import { playOneJob } from '../demo/oneJob.ts';
import { type Stage, setStage } from '../demo/stage.ts';
import { StepFailed } from '../demo/steps.ts';
import { type Ports, systemPorts } from '../ports.ts';

export interface DemoOptions {
  readonly jobs: number;
  readonly workers: number;
  /** Prints what the run came to as JSON, and nothing else on stdout. */
  readonly json?: boolean;
}

/** Plays the quickstart as events, prints it as it happens and says with its exit code whether it all happened. */
export async function demo({ jobs, workers, json = false }: DemoOptions): Promise<number> {
  const ports = systemPorts();
  const stage = await setStage(ports);
  try {
    if (json) return reportJson(await playManyJobs(stage, ports, { jobs, workers }));
    introduce(stage);
    if (jobs === 1 && workers === 1) return await oneJob(stage, ports);
    return report(await playManyJobs(stage, ports, { jobs, workers }));
  } finally {
    await stage.close();
  }
}

function introduce({ suite, host }: Stage): void {
  console.log(`Job Router emulator  ${suite.routerUrl}`);
  console.log(`Functions host       ${host.url}  process ${host.pid}, ${host.functions.length} functions`);
  const subscribed = suite.eventGrid.subscriptions().map(({ name }) => name);
  console.log(`Event Grid           ${subscribed.join(', ')} subscribed through the handshake`);
  console.log();
}

async function oneJob(stage: Stage, ports: Ports): Promise<number> {
  const startedAt = ports.clock.now();
  try {
    await playOneJob(stage, ports, console.log);
  } catch (error) {
    return fail(error);
  }
  console.log(`\nThe job went its whole way in ${seconds(ports.clock.now() - startedAt)}.`);
  return 0;
}

function report({ submitted, closed, lost, submitToAcceptedMilliseconds, failure }: Summary): number {
  console.log(`\nJobs submitted       ${submitted}`);
  console.log(`Jobs closed          ${closed}`);
  console.log(`Jobs lost            ${lost}`);
  if (submitToAcceptedMilliseconds) {
    const { median, p99 } = submitToAcceptedMilliseconds;
    console.log(`Submit to accepted   median ${seconds(median)}, p99 ${seconds(p99)}`);
  }
  return failure === undefined ? 0 : fail(failure);
}

/** The members of the summary as they are, and `error` where the run ended early. */
function reportJson({ failure, ...summary }: Summary): number {
  const error = failure === undefined ? undefined : { message: messageOfStep(failure) };
  console.log(JSON.stringify({ ...summary, error }, undefined, 2));
  return error === undefined ? 0 : 1;
}

function fail(error: unknown): number {
  console.error(colors.red(`\n${messageOfStep(error)}`));
  return 1;
}

function messageOfStep(error: unknown): string {
  if (error instanceof StepFailed) return error.message;
  throw error;
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(3)} s`;
