import { z } from 'zod';
import { type Instant, instantOf } from '../../clock/instant.ts';

/**
 * A point in time as the service writes it: offset `+00:00`, zeros at the end of the fraction dropped, no
 * fraction at all when it is zero. (Recorded. The service has seven digits, this clock has three.)
 */
export const timestampText = (when: Instant): string =>
  new Date(when).toISOString().replace(/\.?0*Z$/, '+00:00');

/**
 * A point in time as clients write it: any number of digits, any offset. Where we guessed: without an offset
 * it is UTC. The SDKs send the year 1 for "not set", which is simply long ago.
 */
export const timestamp = z.iso
  .datetime({ offset: true, local: true })
  .transform((text): Instant => instantOf(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`));
