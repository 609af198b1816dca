import { describe, expect, it } from 'vitest';
import { isClean, soak } from '../../soak/soak.ts';
import { systemClock } from '../../src/clock.ts';

/** The same as `npm run soak`, short. A failure is had again with `npm run soak -- --seed <seed> --events 150 --kills 2`. */
const options = { events: 150, kills: 2, workers: 5, onProgress: () => {} };

describe('a soak of a minute at most', () => {
  it('closes every job once, through kills, repeated and reordered events and a failing router', async () => {
    const seed = String(systemClock.now().getTime());
    const result = await soak({ ...options, seed }, systemClock);
    expect({ seed, ...result }).toMatchObject({
      seed,
      lost: [],
      doubled: [],
      busyWorkers: [],
      deadLetters: 0,
      kills: options.kills,
    });
    expect(isClean(result, { ...options, seed })).toBe(true);
  });
});
