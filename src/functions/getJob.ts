import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { readJob } from '../http/jobs.ts';
import { withApp } from '../http/withApp.ts';

/** Answers `GET /api/jobs/{jobId}` with the job as the router holds it. */
export const getJob = (request: HttpRequest): Promise<HttpResponseInit> =>
  withApp((parts) => readJob(request, parts));

app.http('getJob', { methods: ['GET'], route: 'jobs/{jobId}', authLevel: 'function', handler: getJob });
