import { type Instant, millisecondsAfter } from '../../clock/instant.ts';
import type { Delays, EnginePorts } from './engine.ts';

/** Everything happens at once, though still one step later: the answer to a new job shows `created`. */
export const noDelays: Delays = {
  enqueue: { min: 0, max: 0 },
  classification: { min: 0, max: 0 },
  activation: { min: 0, max: 0 },
  schedule: { min: 0, max: 0 },
  offer: { min: 0, max: 0 },
};

/**
 * What recordings of the real service show: queued after 0.1 to 0.3 s, classified after 0.13 s and queued 0.08 s
 * later, scheduled after 0.26 s, offered 0.2 to 0.5 s after being queued.
 */
export const realisticDelays: Delays = {
  enqueue: { min: 100, max: 300 },
  classification: { min: 120, max: 165 },
  activation: { min: 70, max: 100 },
  schedule: { min: 250, max: 350 },
  offer: { min: 200, max: 500 },
};

/** A whole number of milliseconds after `start`, both limits included. */
export function delayed(
  start: Instant,
  delay: { readonly min: number; readonly max: number },
  ports: EnginePorts,
): Instant {
  const spread = Math.floor(ports.random() * (delay.max - delay.min + 1));
  return millisecondsAfter(start, delay.min + spread);
}
