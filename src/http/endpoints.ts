/** Every operation of the HTTP surface, for what is said about all of them. The bundle does without. */
import { apiDocsAssetEndpoint, apiDocsEndpoint, openApiEndpoint } from './apiDocs.ts';
import type { Endpoint } from './endpoint.ts';
import { healthEndpoint } from './health.ts';
import { getJobEndpoint } from './jobs/getJob.ts';
import { submitJobEndpoint } from './jobs/submitJob.ts';
import { listParkedEventsEndpoint, resendParkedEventsEndpoint } from './parkedEvents.ts';
import { exportRoutingEndpoint } from './routing/exportRouting.ts';
import { getRoutingOperationEndpoint } from './routing/getRoutingOperation.ts';
import { planRoutingEndpoint } from './routing/planRouting.ts';
import { provisionRoutingEndpoint } from './routing/provisionRouting.ts';

/** By route. The webhook is none of them: it has a guard of its own. */
export const endpoints: readonly Endpoint[] = [
  healthEndpoint,
  openApiEndpoint,
  apiDocsEndpoint,
  apiDocsAssetEndpoint,
  submitJobEndpoint,
  getJobEndpoint,
  listParkedEventsEndpoint,
  resendParkedEventsEndpoint,
  provisionRoutingEndpoint,
  planRoutingEndpoint,
  exportRoutingEndpoint,
  getRoutingOperationEndpoint,
];
