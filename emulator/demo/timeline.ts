import type { Clock } from '../clock/clock.ts';
import { colors } from '../colors.ts';
import type { Arrival } from './arrivals.ts';
import type { EventReport } from './eventReport.ts';
import { shortType } from './quickstartLines.ts';

/** Prints what happens, as it happens: one line for an event, one for what the app did about it and why. */
export interface Timeline {
  note(what: string): void;
  event(arrival: Arrival): void;
  report(report: EventReport): void;
  /** A line of the quickstart, alone at the start of a line. */
  quickstart(line: string): void;
}

const EVENT_WIDTH = 'RouterWorkerOfferAccepted'.length;

export function createTimeline(clock: Clock, print: (line: string) => void): Timeline {
  const time = () => colors.dim(new Date(clock.now()).toISOString().slice(11, 23));
  const row = (what: string, detail: string) => print(`  ${time()}  ${what.padEnd(EVENT_WIDTH)}  ${detail}`);
  return {
    note: (what) => row('', what),
    event: (arrival) => row(shortType(arrival), arrival.subject),
    report: ({ function: name, outcome, did, why }) => {
      const action = [did ?? outcome, why && `because ${why}`].filter(Boolean).join(', ');
      print(`  ${time()}  ${''.padEnd(EVENT_WIDTH)}  ${colors.cyan(`${name}: ${action}`)}`);
    },
    quickstart: (line) => print(colors.bold(line)),
  };
}
