/** The app's only source of chance. */
export interface Chance {
  /** A number from 0 up to but not including 1. */
  next(): number;
}

/** The machine's own chance. Good enough to spread retries; not for secrets. */
export const systemChance: Chance = { next: () => Math.random() };
