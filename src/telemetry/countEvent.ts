import { isKnownType } from '../events/eventType.ts';
import type { LogLine } from '../handling/logLine.ts';
import { instruments } from './instruments.ts';

/** Counts what a line of the log tells: one event and what became of it. */
export function countEvent(line: LogLine): void {
  const { events, lag, acceptLatency, parked, retries } = instruments();
  const { outcome, lagMilliseconds, durationMilliseconds = 0 } = line;
  // Types come from outside: whoever may send events could otherwise make as many time series as he likes.
  const type = isKnownType(line.routerEvent) ? line.routerEvent : 'other';
  events.add(1, { type, outcome, function: line.function });
  if (outcome === 'parked') parked.add(1, { function: line.function });
  if (outcome === 'mustRetry') retries.add(1, { of: 'event', function: line.function });
  if (lagMilliseconds === undefined) return;
  lag.record(Math.max(0, lagMilliseconds) / 1000, { type });
  const isAccepted = line.decision === 'AcceptOffer' && outcome === 'done';
  if (isAccepted) acceptLatency.record(Math.max(0, lagMilliseconds + durationMilliseconds) / 1000);
}
