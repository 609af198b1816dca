import { resendParkedEventsEndpoint } from '../http/parkedEvents.ts';
import { serve } from '../http/serve.ts';

/** Answers `POST /api/parked-events/resend`: handles what is parked once more, and says what became of it. */
export const resendParkedEvents = serve(resendParkedEventsEndpoint);
