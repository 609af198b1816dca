import { getRoutingOperationEndpoint } from '../http/routing/getRoutingOperation.ts';
import { serve } from '../http/serve.ts';

/** Answers `GET /api/routing/operations/{operationId}`: how far a document is that takes long to apply. */
export const getRoutingOperation = serve(getRoutingOperationEndpoint);
