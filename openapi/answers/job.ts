import { job as heldJob } from '../../src/jobRouter/wire.ts';

/** A job as the router holds it. */
export const job = heldJob.meta({
  id: 'Job',
  description:
    'A job as Job Router holds it (api-version 2023-11-01). Members that newer versions add are passed on.',
});
