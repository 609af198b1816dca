import { exportRoutingEndpoint } from '../http/routing/exportRouting.ts';
import { serve } from '../http/serve.ts';

/** Answers `GET /api/routing`: writes the router down as a routing document. */
export const exportRouting = serve(exportRoutingEndpoint);
