import { openApiEndpoint } from '../http/apiDocs.ts';
import { serve } from '../http/serve.ts';

/** Answers `GET /api/openapi.json`: every HTTP operation, its inputs and answers. Open to everybody, as is the source. */
export const openApi = serve(openApiEndpoint);
