import { app, type HttpHandler } from '@azure/functions';
import { logTo } from '../handling/logTo.ts';
import { postResend } from '../http/parkedEvents.ts';
import { withApp } from '../http/withApp.ts';

/** Answers `POST /api/parked-events/resend`: handles what is parked once more, and says what became of it. */
export const resendParkedEvents: HttpHandler = (request, context) =>
  withApp((parts) => postResend(request, parts, logTo(context)));

app.http('resendParkedEvents', {
  methods: ['POST'],
  route: 'parked-events/resend',
  authLevel: 'admin',
  handler: resendParkedEvents,
});
