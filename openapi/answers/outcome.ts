import * as z from 'zod';
import type { Outcome } from '../../src/outcome.ts';

/** What became of an event; docs/failures.md tells each. */
const outcomes = [
  'done',
  'alreadyDone',
  'lostRace',
  'ignored',
  'parked',
  'mustRetry',
] as const satisfies readonly Outcome['kind'][];

/** One of them. */
export const outcome = z.enum(outcomes);
