import { SingleBar } from 'cli-progress';
import { quickstartRouting } from '../app.ts';
import { type Instant, instantOf } from '../clock/instant.ts';
import type { Ports } from '../ports.ts';
import { quickstartJob } from './quickstartJob.ts';
import { shortType } from './quickstartLines.ts';
import type { Stage } from './stage.ts';

/** How many jobs are submitted at the same time. */
const SUBMISSIONS_AT_ONCE = 16;

interface JobRecord {
  submittedAt: Instant;
  isSubmitted: boolean;
  acceptedAt?: Instant;
  isClosed: boolean;
  isDeleted: boolean;
}

/** What a run with many jobs came to. */
export interface Summary {
  readonly submitted: number;
  readonly closed: number;
  /** Submitted, as the app's answer says, and never seen closed. */
  readonly lost: number;
  /** From the moment a job is sent to the app until its offer was accepted; of the jobs that got that far. */
  readonly submitToAcceptedMilliseconds: { readonly median: number; readonly p99: number } | undefined;
  /** Why the run ended early; absent when every job came to its end. */
  readonly failure?: unknown;
}

/** Submits many jobs for several workers like the quickstart's, and watches them all being closed and deleted. */
export async function playManyJobs(
  stage: Stage,
  ports: Ports,
  size: { readonly jobs: number; readonly workers: number },
): Promise<Summary> {
  const { app, steps } = stage;
  const records = new Map<string, JobRecord>();
  const finished = Promise.withResolvers<void>();
  const bar = new SingleBar({
    format: '  {bar} {value}/{total} jobs closed and deleted, {duration_formatted}',
    noTTYOutput: !process.stderr.isTTY,
    notTTYSchedule: 1000,
  });

  let deleted = 0;
  stage.onArrival = (arrival) => {
    steps.saw(`${shortType(arrival)} for ${arrival.subject}`);
    const record = records.get(arrival.data.jobId ?? '');
    if (!record) return;
    steps.progressed();
    if (noteArrival(record, shortType(arrival), instantOf(arrival.eventTime)) === 'deleted') {
      deleted += 1;
      bar.update(deleted);
      if (deleted === size.jobs) finished.resolve();
    }
  };

  const submit = async (id: string) => {
    // Written down before the answer, because the first events may be faster.
    const record: JobRecord = {
      submittedAt: ports.clock.now(),
      isSubmitted: false,
      isClosed: false,
      isDeleted: false,
    };
    records.set(id, record);
    await app.submit(quickstartJob(id));
    record.isSubmitted = true;
  };

  try {
    await steps.take(
      'PUT /api/routing provisions the workers',
      app.provision(await routingFor(size.workers)),
    );
    bar.start(size.jobs, 0);
    await steps.take('POST /api/jobs submits every job', submitAll(size.jobs, submit));
    await steps.take(`all ${size.jobs} jobs are closed and deleted`, finished.promise);
    return summarise(records);
  } catch (failure) {
    return { ...summarise(records), failure };
  } finally {
    bar.stop();
  }
}

/** Events may arrive twice and in any order, so each thing is noted on its own, and the deletion only once. */
function noteArrival(record: JobRecord, eventType: string, at: Instant): 'deleted' | 'noted' {
  if (eventType === 'RouterWorkerOfferAccepted') record.acceptedAt ??= at;
  if (eventType === 'RouterJobClosed') record.isClosed = true;
  if (eventType !== 'RouterJobDeleted' || record.isDeleted) return 'noted';
  record.isDeleted = true;
  return 'deleted';
}

/** The quickstart's routing document with its worker in as many copies as asked for. */
async function routingFor(workers: number) {
  const routing = await quickstartRouting();
  const copies = Array.from({ length: workers }, (_, index) => ({
    ...routing.workers[0],
    id: `worker-${index + 1}`,
  }));
  return { ...routing, workers: copies };
}

async function submitAll(jobs: number, submit: (id: string) => Promise<void>): Promise<void> {
  let next = 1;
  const submitInTurn = async () => {
    while (next <= jobs) await submit(`job-${next++}`);
  };
  await Promise.all(Array.from({ length: SUBMISSIONS_AT_ONCE }, submitInTurn));
}

function summarise(records: ReadonlyMap<string, JobRecord>): Summary {
  const all = [...records.values()];
  const submitted = all.filter(({ isSubmitted }) => isSubmitted).length;
  const closed = all.filter(({ isClosed }) => isClosed).length;
  const waits = all
    .flatMap(({ submittedAt, acceptedAt }) => (acceptedAt === undefined ? [] : [acceptedAt - submittedAt]))
    .sort((a, b) => a - b);
  return {
    submitted,
    closed,
    lost: all.filter(({ isSubmitted, isClosed }) => isSubmitted && !isClosed).length,
    submitToAcceptedMilliseconds:
      waits.length > 0 ? { median: quantile(waits, 0.5), p99: quantile(waits, 0.99) } : undefined,
  };
}

/** The smallest value that at least the given share of the values does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
