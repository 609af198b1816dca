/** `job-router explain`. */
import { idFrom } from '../../src/jobRouter/ids.ts';
import type { JobRouter } from '../../src/jobRouter/jobRouter.ts';
import type { Job } from '../../src/jobRouter/wire.ts';
import type { ConnectionOptions } from '../connection/connectionOptions.ts';
import { listed } from '../connection/listed.ts';
import { openRouter } from '../connection/openRouter.ts';
import { needed } from '../connection/routerFailure.ts';
import { printable } from '../terminal/printable.ts';
import { outColors, say, sayJson } from '../terminal/say.ts';
import { type Explanation, explainJob, type WorkerExplanation } from './explainJob.ts';

/** Says why each worker of a job's queue is or is not offered it. */
export async function explain(id: string, options: ConnectionOptions): Promise<number> {
  const { router } = await openRouter(options);
  const job = needed(await router.getJob(idFrom(id)), `job ${id}`);
  const explanation = explainJob({ job, ...(await queueOf(router, job)) });
  if (options.json) sayJson(explanation);
  else show(explanation);
  return 0;
}

/** Who works there, and by which policy. */
async function queueOf(router: JobRouter, { queueId }: Job) {
  if (queueId === undefined) return { workers: [], policy: undefined };
  const [queue, workers] = await Promise.all([
    router.getQueue(idFrom(queueId)),
    listed('workers', Number.POSITIVE_INFINITY, (next) =>
      router.listWorkers({ queueId, state: 'all' }, next),
    ),
  ]);
  const { distributionPolicyId } = needed(queue, `queue ${queueId}`);
  const policy =
    distributionPolicyId === undefined
      ? undefined
      : needed(
          await router.getDistributionPolicy(idFrom(distributionPolicyId)),
          `distribution policy ${distributionPolicyId}`,
        );
  return { workers, policy };
}

const verdicts: Readonly<Record<WorkerExplanation['verdict'], string>> = {
  assigned: 'has it',
  offered: 'is offered it',
  couldBeOffered: 'could be offered it',
  notOffered: 'is not offered it',
};

function show({ jobId, status, queueId, reasons, workers }: Explanation): void {
  const where = queueId === undefined ? '' : ` in queue ${printable(queueId)}`;
  say(outColors.bold(`Job ${printable(jobId)} is ${printable(status)}${where}.`));
  for (const reason of reasons) say(printable(reason));
  for (const worker of workers) {
    const paint = worker.verdict === 'notOffered' ? outColors.yellow : outColors.green;
    say(
      `  ${printable(worker.workerId)} ${paint(verdicts[worker.verdict])}${worker.reasons.length > 0 ? ':' : ''}`,
    );
    for (const reason of worker.reasons) say(`      ${printable(reason)}`);
  }
}
