import type { InvocationContext } from '@azure/functions';
import { jsonText } from '../input/jsonText.ts';
import { countEvent } from '../telemetry/countEvent.ts';
import type { LogLine } from './logLine.ts';

/** Writes an event's line to the log of its invocation, at the level that its outcome deserves, and counts it. */
export const logTo =
  (context: InvocationContext) =>
  (line: LogLine): void => {
    context[levelOf(line)](jsonText(line));
    countEvent(line);
  };

/**
 * A parked event needs a person, and one that comes again may be on its way to being lost; a report is for people too.
 */
function levelOf({ outcome, decision }: LogLine): 'error' | 'warn' | 'info' {
  if (outcome === 'parked') return 'error';
  return outcome === 'mustRetry' || decision === 'Report' ? 'warn' : 'info';
}
