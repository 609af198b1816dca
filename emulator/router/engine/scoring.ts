/**
 * The mode `bestWorker` with a function to ask. A job is not matched while its workers are being scored; it stays
 * queued, and everybody else is matched meanwhile. What the workers are by the time the answers are there decides.
 */
import { callOutside } from './awaitedCalls.ts';
import { firstByScore } from './bestWorker.ts';
import type { OutsideOutcome } from './commands.ts';
import type { JobId, OutsideCallId, WorkerId } from './ids.ts';
import { issueOffer } from './issueOffer.ts';
import type { QueuedJob } from './job.ts';
import { mayBeOffered } from './job.ts';
import type { BestWorkerMode } from './model/distributionPolicy.ts';
import type { OutsideRule } from './model/rules.ts';
import type { LabelOperator } from './model/selectors.ts';
import type { Json, Labels } from './model/values.ts';
import type { QueuePlace } from './queuePlace.ts';
import { known, type Store, type Turn } from './store.ts';
import { askToMatch, stopWaiting, waitingJob } from './waiting.ts';
import { canServe } from './waitingJobs.ts';
import { isAvailable, type Worker } from './worker.ts';

/** The scores of one job's workers, as far as they are known. */
export interface Scoring {
  /** The workers that were able to take the job when the scoring began, in the order in which ties are broken. */
  readonly candidates: readonly WorkerId[];
  /** The calls that are not answered yet, and whose scores each will tell. */
  readonly awaited: ReadonlyMap<OutsideCallId, readonly WorkerId[]>;
  readonly scores: ReadonlyMap<WorkerId, number>;
  /** Workers that look for no other job until this one is given away. */
  readonly spokenFor: readonly WorkerId[];
}

/** Documented. */
const defaultBatchSize = 20;

/** Whose scores are asked for, and by which rule. */
interface ScoringRequest extends Pick<Scoring, 'spokenFor'> {
  readonly rule: OutsideRule;
  readonly mode: BestWorkerMode;
  readonly candidates: readonly Worker[];
}

export function askForScores(turn: Turn, place: QueuePlace, request: ScoringRequest): void {
  const { rule, mode, candidates, spokenFor } = request;
  const job = waitingJob(place);
  if (!job) return;
  const purpose = { kind: 'scoring', jobId: place.jobId } as const;
  const calls = batchesOf(candidates, mode).map((workers) => {
    const payload = payloadFor(job, place, mode, workers);
    return [callOutside(turn, rule, payload, purpose), workers.map(({ id }) => id)] as const;
  });
  stopWaiting(turn, place);
  turn.store.scorings.set(place.jobId, {
    candidates: candidates.map(({ id }) => id),
    awaited: new Map(calls),
    scores: new Map(),
    spokenFor,
  });
}

function batchesOf(workers: readonly Worker[], { scoringRuleOptions }: BestWorkerMode) {
  const { isBatchScoringEnabled, batchSize = defaultBatchSize } = scoringRuleOptions;
  const size = isBatchScoringEnabled ? batchSize : 1;
  return Array.from({ length: Math.ceil(workers.length / size) }, (_, batch) =>
    workers.slice(batch * size, (batch + 1) * size),
  );
}

/** Documented by example, in the words of an older api-version: operators begin with a capital and say "Equal". */
function payloadFor(
  job: QueuedJob,
  { signature }: QueuePlace,
  { scoringRuleOptions: { scoringParameters, isBatchScoringEnabled } }: BestWorkerMode,
  workers: readonly Worker[],
): Json {
  const labels: readonly Labels[] = workers.map(({ content }) => content.labels);
  const [worker = {}] = labels;
  return {
    ...(scoringParameters.includes('jobLabels') && { job: job.content.labels }),
    ...(scoringParameters.includes('workerSelectors') && {
      selectors: signature.selectors.map(
        ({ key, labelOperator, value = null, expiresAfterSeconds = null }) => ({
          key,
          operator: operatorNames[labelOperator],
          value,
          expiresAfterSeconds,
        }),
      ),
    }),
    ...(isBatchScoringEnabled ? { workers: labels } : { worker }),
  };
}

const operatorNames: Record<LabelOperator, string> = {
  equal: 'Equal',
  notEqual: 'NotEqual',
  lessThan: 'LessThan',
  lessThanOrEqual: 'LessThanEqual',
  greaterThan: 'GreaterThan',
  greaterThanOrEqual: 'GreaterThanEqual',
};

/** One call is answered; with the last one the job is offered. */
export function takeScores(turn: Turn, callId: OutsideCallId, jobId: JobId, outcome: OutsideOutcome): void {
  const { scorings } = turn.store;
  const scoring = scorings.get(jobId);
  const workers = scoring?.awaited.get(callId);
  if (!scoring || !workers) return;
  const awaited = new Map(scoring.awaited);
  awaited.delete(callId);
  const scores = new Map([...scoring.scores, ...scoresIn(outcome, workers)]);
  if (awaited.size > 0) scorings.set(jobId, { ...scoring, awaited, scores });
  else offerByScore(turn, known(turn.store.places, jobId), { ...scoring, scores });
}

/**
 * A bare number for one worker, or an object of worker id and number.
 * Where we guessed: a worker whose score is missing, because the function failed or said something else, comes
 * after all that have one; when the function fails for everyone, the longest idle worker gets the job.
 */
function scoresIn(
  outcome: OutsideOutcome,
  workers: readonly WorkerId[],
): readonly (readonly [WorkerId, number])[] {
  if (outcome.kind === 'failed') return [];
  const { value } = outcome;
  return workers.flatMap((id) => {
    const score =
      typeof value === 'object' && value !== null && !Array.isArray(value) ? member(value, id) : value;
    return typeof score === 'number' ? [[id, score] as const] : [];
  });
}

const member = (value: object, key: string): unknown =>
  Object.hasOwn(value, key) ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;

function offerByScore(turn: Turn, place: QueuePlace, { candidates, scores }: Scoring): void {
  const { store } = turn;
  const { mode } = place.board;
  const isDescending = mode.kind !== 'bestWorker' || mode.scoringRuleOptions.descendingOrder;
  stopWaiting(turn, place);
  for (;;) {
    const able = candidates.flatMap((id) => stillAble(store, place, id));
    const best = firstByScore(able, ({ id }) => scores.get(id), isDescending);
    if (!best) break;
    issueOffer(turn, place, best);
  }
  // Whoever became available in the meantime has not seen the job, and has no score yet.
  if (waitingJob(place)) askToMatch(turn, place);
}

function stillAble(store: Store, place: QueuePlace, id: WorkerId): readonly Worker[] {
  const job = waitingJob(place);
  const worker = store.workers.get(id);
  if (!job || !worker || !isAvailable(worker) || !worker.content.queues.includes(place.queueId)) return [];
  const { bypassSelectors } = place.board.mode;
  return canServe(worker, place.signature, bypassSelectors) && mayBeOffered(job, worker) ? [worker] : [];
}
