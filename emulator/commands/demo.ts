import { colors } from '../colors.ts';
import { playManyJobs, type Summary } from '../demo/manyJobs.ts';
import { playOneJob } from '../demo/oneJob.ts';
import { type Stage, setStage } from '../demo/stage.ts';
import { StepFailed } from '../demo/steps.ts';
import { type Ports, systemPorts } from '../ports.ts';

export interface DemoOptions {
  readonly jobs: number;
  readonly workers: number;
}

/** Plays the quickstart as events, prints it as it happens and says with its exit code whether it all happened. */
export async function demo({ jobs, workers }: DemoOptions): Promise<number> {
  const ports = systemPorts();
  const stage = await setStage(ports);
  try {
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

function fail(error: unknown): number {
  if (!(error instanceof StepFailed)) throw error;
  console.error(colors.red(`\n${error.message}`));
  return 1;
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(3)} s`;
