import type { JobId } from '../jobRouter/ids.ts';
import { channelId, id, labels, queueId, spelt } from './members.ts';
import { dataOf } from './published.ts';
import { expiredSelectorSpellings, workerSelectors } from './workerSelector.ts';

/** Selectors of a waiting job ran out: workers who do not meet them may be offered it from now on. */
export const jobWorkerSelectorsExpired = spelt(
  expiredSelectorSpellings,
  dataOf('JobWorkerSelectorsExpired')({
    jobId: id<JobId>(),
    channelId,
    queueId,
    expiredRequestedWorkerSelectors: workerSelectors,
    expiredAttachedWorkerSelectors: workerSelectors,
    labels,
  }),
);
