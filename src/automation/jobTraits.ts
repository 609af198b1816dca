/**
 * What rules look at. An event tells some of it; the rest is asked of the router, and only when a rule needs
 * it. A trait that is absent has not been told; whether that means "ask" or "no such thing" is for the asker.
 */
import type { RouterEvent } from '../events/routerEvent.ts';

/** Of a job and the worker it is about; each as far as it is known. */
export interface JobTraits {
  readonly channel?: string | undefined;
  readonly queue?: string | undefined;
  readonly priority?: number | undefined;
  /** Values as the wire had them: nothing promises that they are texts, numbers or booleans. */
  readonly jobLabels?: Readonly<Record<string, unknown>> | undefined;
  readonly workerLabels?: Readonly<Record<string, unknown>> | undefined;
}

export type TraitName = keyof JobTraits;

/** What the event itself tells. Offer events tell everything; job events know no priority and no worker's labels. */
export function traitsIn({ kind, data }: RouterEvent): JobTraits {
  const common = { channel: data.channelId, queue: data.queueId };
  switch (kind) {
    case 'WorkerOfferIssued':
    case 'WorkerOfferAccepted': {
      const { jobPriority: priority, jobLabels, workerLabels } = data;
      return { ...common, priority, jobLabels, workerLabels };
    }
    case 'JobCompleted':
    case 'JobClosed':
    case 'JobCancelled':
      return { ...common, jobLabels: data.labels };
  }
}
