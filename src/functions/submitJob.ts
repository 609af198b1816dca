import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { postJob } from '../http/jobs.ts';
import { withApp } from '../http/withApp.ts';

/** Answers `POST /api/jobs`: submits the job in the body, once per id. */
export const submitJob = (request: HttpRequest): Promise<HttpResponseInit> =>
  withApp((parts) => postJob(request, parts));

app.http('submitJob', { methods: ['POST'], route: 'jobs', authLevel: 'function', handler: submitJob });
