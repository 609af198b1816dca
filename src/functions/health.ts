import { app, type HttpResponseInit } from '@azure/functions';
import { checkHealth } from '../http/health.ts';
import { withApp } from '../http/withApp.ts';

/**
 * Answers `GET /api/health`: whether the app can do its work. Open to everybody, as monitors have no key; it tells
 * no secret.
 */
export const health = (): Promise<HttpResponseInit> => withApp(checkHealth);

app.http('health', { methods: ['GET'], route: 'health', authLevel: 'anonymous', handler: health });
