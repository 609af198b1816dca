import { app, type HttpResponseInit } from '@azure/functions';
import { getParkedEvents } from '../http/parkedEvents.ts';
import { withApp } from '../http/withApp.ts';

/** Answers `GET /api/parked-events`: what no repetition will mend, whole and with the reason, left where it is. */
export const listParkedEvents = (): Promise<HttpResponseInit> => withApp(getParkedEvents);

app.http('listParkedEvents', {
  methods: ['GET'],
  route: 'parked-events',
  authLevel: 'admin',
  handler: listParkedEvents,
});
