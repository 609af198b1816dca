/** Every operation of the HTTP surface, for what is said about all of them. The bundle does without. */
import { apiDocsAssetEndpoint, apiDocsEndpoint, openApiEndpoint } from './apiDocs.ts';
import type { Endpoint } from './endpoint.ts';
import { healthEndpoint } from './health.ts';
import { cancelJobEndpoint } from './jobs/cancelJob.ts';
import { closeAssignmentEndpoint } from './jobs/closeAssignment.ts';
import { completeAssignmentEndpoint } from './jobs/completeAssignment.ts';
import { getJobEndpoint } from './jobs/getJob.ts';
import { listJobsEndpoint } from './jobs/listJobs.ts';
import { reclassifyJobEndpoint } from './jobs/reclassifyJob.ts';
import { submitJobEndpoint } from './jobs/submitJob.ts';
import { unassignJobEndpoint } from './jobs/unassignJob.ts';
import { updateJobEndpoint } from './jobs/updateJob.ts';
import { listParkedEventsEndpoint, resendParkedEventsEndpoint } from './parkedEvents.ts';
import { getQueueEndpoint } from './queues/getQueue.ts';
import { exportRoutingEndpoint } from './routing/exportRouting.ts';
import { getRoutingOperationEndpoint } from './routing/getRoutingOperation.ts';
import { planRoutingEndpoint } from './routing/planRouting.ts';
import { provisionRoutingEndpoint } from './routing/provisionRouting.ts';
import { acceptOwnOfferEndpoint } from './workers/acceptOwnOffer.ts';
import { getWorkerEndpoint } from './workers/getWorker.ts';
import { listWorkersEndpoint } from './workers/listWorkers.ts';
import { updateWorkerEndpoint } from './workers/updateWorker.ts';

/** By route. The webhook is none of them: it has a guard of its own. */
export const endpoints: readonly Endpoint[] = [
  healthEndpoint,
  openApiEndpoint,
  apiDocsEndpoint,
  apiDocsAssetEndpoint,
  submitJobEndpoint,
  getJobEndpoint,
  listJobsEndpoint,
  updateJobEndpoint,
  cancelJobEndpoint,
  reclassifyJobEndpoint,
  completeAssignmentEndpoint,
  closeAssignmentEndpoint,
  unassignJobEndpoint,
  listWorkersEndpoint,
  getWorkerEndpoint,
  updateWorkerEndpoint,
  acceptOwnOfferEndpoint,
  getQueueEndpoint,
  listParkedEventsEndpoint,
  resendParkedEventsEndpoint,
  provisionRoutingEndpoint,
  planRoutingEndpoint,
  exportRoutingEndpoint,
  getRoutingOperationEndpoint,
];
