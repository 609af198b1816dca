/** Chance that can be had again: the same seed, the same numbers. */
import { createHash } from 'node:crypto';

/** Numbers from 0 up to, not including, 1 (mulberry32). */
export function seededRandom(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE();
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** GUIDs of version 4 as far as anybody can see; the n-th is the same for the same seed. */
export function seededIds(seed: string): () => string {
  let given = 0;
  return () => {
    const hash = createHash('sha256').update(`${seed}/${given++}`).digest('hex');
    const variant = ((Number.parseInt(hash.charAt(16), 16) & 0b0011) | 0b1000).toString(16);
    return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  };
}
