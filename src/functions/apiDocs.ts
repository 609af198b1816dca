import { apiDocsEndpoint } from '../http/apiDocs.ts';
import { serve } from '../http/serve.ts';

/** Answers `GET /api/docs` with a page on which the operations can be read and tried. */
export const apiDocs = serve(apiDocsEndpoint);
