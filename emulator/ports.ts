import { randomUUID } from 'node:crypto';
import type { Clock } from './clock/clock.ts';
import { createSystemClock } from './clock/systemClock.ts';

/** Everything the suite takes from the world: time, ids and chance. */
export interface Ports {
  readonly clock: Clock;
  /** A fresh GUID. */
  newId(): string;
  /** At least 0, less than 1. */
  random(): number;
}

/** The machine's own time, ids and chance. */
export const systemPorts = (): Ports => ({
  clock: createSystemClock(),
  newId: randomUUID,
  random: Math.random,
});
