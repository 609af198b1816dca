import type { App } from '../composition.ts';
import { type Handling, handleRouterEvent } from '../handleRouterEvent.ts';
import type { Outcome } from '../outcome.ts';
import { parkedEvent } from '../parking/parkedEvent.ts';

/** What handling an event and keeping it takes. */
export interface HandlingOrParking extends Omit<Handling, 'app'> {
  readonly app: Handling['app'] & Pick<App, 'park' | 'clock'>;
  /** Takes a message that only the host's queue output can store. */
  readonly leaveToHost: (text: string) => void;
}

/**
 * Handles one raw event, and keeps it where nothing else will help. The outcome is `parked` only once the event is
 * kept; one that could not be kept must come again.
 */
export async function handleOrPark(raw: unknown, parts: HandlingOrParking): Promise<Outcome> {
  const { app, functionName, leaveToHost } = parts;
  const outcome = await handleRouterEvent(raw, parts);
  if (outcome.kind !== 'parked') return outcome;
  const message = parkedEvent(outcome.reason, app.clock.now(), functionName, raw);
  const parking = await app.park(message);
  switch (parking.kind) {
    case 'kept':
      return outcome;
    case 'leftToHost':
      leaveToHost(parking.text);
      return outcome;
    case 'unavailable':
      return {
        kind: 'mustRetry',
        cause: `the event could not be parked: ${parking.message}; it was to be because ${outcome.reason}`,
      };
  }
}
