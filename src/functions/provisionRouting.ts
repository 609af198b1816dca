import { provisionRoutingEndpoint } from '../http/routing/provisionRouting.ts';
import { serve } from '../http/serve.ts';

/** Answers `PUT /api/routing`: makes the router hold what the routing document in the body declares. */
export const provisionRouting = serve(provisionRoutingEndpoint);
