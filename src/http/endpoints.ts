/** Every operation of the HTTP surface, for what is said about all of them. The bundle does without. */
import type { Endpoint } from './endpoint.ts';
import { healthEndpoint } from './health.ts';
import { getJobEndpoint } from './jobs/getJob.ts';
import { submitJobEndpoint } from './jobs/submitJob.ts';
import { listParkedEventsEndpoint, resendParkedEventsEndpoint } from './parkedEvents.ts';
import { provisionRoutingEndpoint } from './routing/provisionRouting.ts';

/** By route. The webhook is none of them: it has a guard of its own. */
export const endpoints: readonly Endpoint[] = [
  healthEndpoint,
  submitJobEndpoint,
  getJobEndpoint,
  listParkedEventsEndpoint,
  resendParkedEventsEndpoint,
  provisionRoutingEndpoint,
];
