import { healthEndpoint } from '../http/health.ts';
import { serve } from '../http/serve.ts';

/** Answers `GET /api/health`: whether the app can do its work. */
export const health = serve(healthEndpoint);
