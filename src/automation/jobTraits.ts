/**
 * What rules look at. An event tells some of it; the rest is asked of the router, and only when a rule needs
 * it. A trait that is absent has not been told; whether that means "ask" or "no such thing" is for the asker.
 */
import type { RouterEvent } from '../events/routerEvent.ts';
import type { WorkerId } from '../jobRouter/ids.ts';

/** Of a job and the worker it is about; each as far as it is known. */
export interface JobTraits {
  readonly channel?: string | undefined;
  readonly queue?: string | undefined;
  readonly priority?: number | undefined;
  /** Values as the wire had them: nothing promises that they are texts, numbers or booleans. */
  readonly jobLabels?: Readonly<Record<string, unknown>> | undefined;
  readonly workerId?: WorkerId | undefined;
  readonly workerLabels?: Readonly<Record<string, unknown>> | undefined;
  /**
   * When what happens now was begun, by the router's clock: business hours are held against it. For what follows an
   * assignment that is the assignment, so that work begun within the hours is also brought to its end outside them.
   */
  readonly begunAt?: Date | undefined;
}

export type TraitName = keyof JobTraits;

/**
 * What the event itself tells. Offer events tell everything; job events know no priority and no worker's labels.
 *
 * @param now when it happened, for an event that does not say so.
 */
export function traitsIn(event: RouterEvent, now: Date): JobTraits {
  const { data } = event;
  const begunAt = event.eventTime ?? now;
  const workerId = 'workerId' in data ? data.workerId : undefined;
  const job = 'channelId' in data ? { channel: data.channelId, queue: data.queueId } : {};
  switch (event.kind) {
    case 'WorkerOfferIssued':
    case 'WorkerOfferAccepted': {
      const { jobPriority: priority, jobLabels, workerLabels } = event.data;
      return { ...job, priority, jobLabels, workerId, workerLabels, begunAt };
    }
    case 'JobCompleted':
    case 'JobClosed':
      return { ...job, jobLabels: event.data.labels, workerId };
    default: {
      const jobLabels = 'jobId' in data && 'labels' in data ? data.labels : undefined;
      const priority = 'priority' in data ? data.priority : undefined;
      return { ...job, priority, jobLabels, workerId, begunAt };
    }
  }
}
