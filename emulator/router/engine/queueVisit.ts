import type { Instant } from '../../clock/instant.ts';
import type { JobId, QueueId } from './ids.ts';

/** A job's stay in one queue. Being classified again, or suspended for a moment on the way back, does not end it. */
export interface QueueVisit {
  readonly queueId: QueueId;
  readonly since: Instant;
  /** The exception rules that have fired for it. */
  readonly triggered: ReadonlySet<string>;
  /** What fired for the job at the latest instant at which any rule did, in any queue. */
  readonly latest: { readonly at: Instant; readonly rules: ReadonlySet<string> } | undefined;
}

/** A job has been added to a queue that `ahead` other jobs were in. */
export interface QueueEntry {
  readonly jobId: JobId;
  readonly queueId: QueueId;
  readonly ahead: number;
}

const none: ReadonlySet<string> = new Set();

/** The visit of a job that enters this queue now: its present one when it comes back to where it was. */
export const visitOf = (queueId: QueueId, at: Instant, present: QueueVisit | undefined): QueueVisit =>
  present?.queueId === queueId ? present : { queueId, since: at, triggered: none, latest: present?.latest };

/**
 * The visit with the rule noted as fired, or undefined when it must not fire.
 * Where we guessed: a rule fires once while the job is in the queue, and again when the job has left and come back,
 * but never twice at the same instant, so that two queues that send a job to each other do not spin.
 */
export function withTriggered(visit: QueueVisit, ruleId: string, at: Instant): QueueVisit | undefined {
  const key = JSON.stringify([visit.queueId, ruleId]);
  const now = visit.latest?.at === at ? visit.latest.rules : none;
  if (visit.triggered.has(ruleId) || now.has(key)) return undefined;
  return {
    ...visit,
    triggered: new Set(visit.triggered).add(ruleId),
    latest: { at, rules: new Set(now).add(key) },
  };
}
