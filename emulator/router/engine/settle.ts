import { lookAtEntries } from './exceptions.ts';
import { watchOldestJob } from './oldJobs.ts';
import { startClocks } from './selectorExpiry.ts';
import { tellShownOffers } from './shownOffers.ts';
import type { Turn } from './store.ts';

/** What follows from a command once it is done, whichever command it was. */
export function settle(turn: Turn): void {
  tellShownOffers(turn);
  lookAtEntries(turn);
  for (const jobId of turn.unclocked) startClocks(turn, jobId);
  watchOldestJob(turn);
}
