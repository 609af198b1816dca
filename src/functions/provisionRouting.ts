import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { putRouting } from '../http/routing.ts';
import { withApp } from '../http/withApp.ts';

/** Answers `PUT /api/routing`: makes the router hold what the routing document in the body declares. */
export const provisionRouting = (request: HttpRequest): Promise<HttpResponseInit> =>
  withApp((parts) => putRouting(request, parts));

app.http('provisionRouting', {
  methods: ['PUT'],
  route: 'routing',
  authLevel: 'function',
  handler: provisionRouting,
});
