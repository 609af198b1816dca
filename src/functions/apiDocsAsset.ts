import { apiDocsAssetEndpoint } from '../http/apiDocs.ts';
import { serve } from '../http/serve.ts';

/** Answers `GET /api/docs/{asset}` with what the page at `/api/docs` loads. */
export const apiDocsAsset = serve(apiDocsAssetEndpoint);
