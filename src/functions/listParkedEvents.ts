import { listParkedEventsEndpoint } from '../http/parkedEvents.ts';
import { serve } from '../http/serve.ts';

/** Answers `GET /api/parked-events`: what no repetition will mend, whole and with the reason, left where it is. */
export const listParkedEvents = serve(listParkedEventsEndpoint);
