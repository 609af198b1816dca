import type { Instant } from '../clock/instant.ts';

/** ISO 8601 in UTC with seven digits after the second, as captured; ours are never finer than a millisecond. */
export const eventTimeText = (when: Instant): string => new Date(when).toISOString().replace('Z', '0000Z');
