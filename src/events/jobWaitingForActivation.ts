import type { JobId } from '../jobRouter/ids.ts';
import { lenientDate } from './lenientDate.ts';
import { channelId, id, jobPriority, labels, queueId, spelt } from './members.ts';
import { dataOf } from './published.ts';
import { expiredSelectorSpellings, workerSelectors } from './workerSelector.ts';

/** The time of a scheduled job has come; it waits to be let into its queue. */
export const jobWaitingForActivation = spelt(
  expiredSelectorSpellings,
  dataOf('JobWaitingForActivation')({
    jobId: id<JobId>(),
    channelId,
    queueId,
    priority: jobPriority,
    scheduledOn: lenientDate.optional(),
    expiredRequestedWorkerSelectors: workerSelectors,
    expiredAttachedWorkerSelectors: workerSelectors,
    labels,
  }),
);
