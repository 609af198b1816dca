import { planRoutingEndpoint } from '../http/routing/planRouting.ts';
import { serve } from '../http/serve.ts';

/** Answers `POST /api/routing/plan`: says what applying the document in the body would do. */
export const planRouting = serve(planRoutingEndpoint);
