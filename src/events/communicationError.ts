import * as z from 'zod';
import { readableOnes, readableOrAbsent, spelt } from './members.ts';

/**
 * What went wrong, as an event tells it. The cause within is spelt `innererror` by the typings and `innerError` by the
 * documentation.
 */
const communicationError = spelt(
  { innererror: ['innerError'] },
  z.object({
    code: readableOrAbsent(z.string()),
    message: readableOrAbsent(z.string()),
    target: readableOrAbsent(z.string()),
    innererror: readableOrAbsent(
      z.object({ code: readableOrAbsent(z.string()), message: readableOrAbsent(z.string()) }),
    ),
  }),
);
export type CommunicationError = z.infer<typeof communicationError>;

/** A person reads them, and nothing is decided by them. */
export const communicationErrors = readableOnes(communicationError);
