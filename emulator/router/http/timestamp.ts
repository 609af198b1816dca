import * as z from 'zod';
import { type Instant, instantOf } from '../../clock/instant.ts';

/**
 * A point in time as the service writes it: offset `+00:00`, zeros at the end of the fraction dropped, no
 * fraction at all when it is zero. (Recorded. The service has seven digits, this clock has three; what a client
 * gave beyond them is in `ticks` of 100 ns.)
 */
export function timestampText(when: Instant, ticks = 0): string {
  const text = new Date(when).toISOString();
  const precise = ticks === 0 ? text : text.replace('Z', `${String(ticks).padStart(4, '0')}Z`);
  return precise.replace(/\.?0*Z$/, '+00:00');
}

const EARLIEST = instantOf('0001-01-01T00:00:00Z');
const BEYOND = instantOf('+010000-01-01T00:00:00Z');

/**
 * A point in time as clients write it: any number of digits, any offset. Where we guessed: without an offset
 * it is UTC. The SDKs send the year 1 for "not set", which is simply long ago.
 */
export const timestamp = z.lazy(() =>
  z.iso
    .datetime({ offset: true, local: true })
    .transform((text): Instant => instantOf(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`))
    .refine((when) => when >= EARLIEST && when < BEYOND, 'lies outside of the years 1 to 9999'),
);

/** A point in time that is shown again as it was written, to the seventh digit. (Recorded: the others are dropped.) */
export const preciseTimestamp = z.lazy(() =>
  z.string().transform((text, context) => {
    const read = timestamp.safeParse(text);
    if (read.success) {
      const [, fraction = ''] = /\.(\d+)/.exec(text) ?? [];
      return { at: read.data, ticks: Number(fraction.padEnd(7, '0').slice(3, 7)) };
    }
    for (const { message } of read.error.issues) context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }),
);
