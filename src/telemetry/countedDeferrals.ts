import type { Deferrals } from '../deferral/deferral.ts';
import { instruments } from './instruments.ts';

/** The same place to put things off, with a count of what is put there. */
export const countedDeferrals = (deferrals: Deferrals): Deferrals => ({
  async put(deferral, notBefore) {
    const deferred = await deferrals.put(deferral, notBefore);
    instruments().deferrals.add(1, { kind: deferral.kind, result: deferred.kind });
    return deferred;
  },
});
