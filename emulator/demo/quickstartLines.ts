import type { Arrival } from './arrivals.ts';

interface QuickstartLine {
  /** The event that makes the line true. */
  readonly eventType: string;
  /** What has to happen for it, in words. */
  readonly step: string;
  print(jobId: string, workerId: string): string;
}

/** The lines of Microsoft's quickstart, in the order it prints them. */
export const QUICKSTART_LINES: readonly QuickstartLine[] = [
  {
    eventType: 'RouterWorkerOfferIssued',
    step: 'the router offers the job to a worker',
    print: (job, worker) => `Worker ${worker} has an active offer for job ${job}`,
  },
  {
    eventType: 'RouterWorkerOfferAccepted',
    step: 'the app accepts the offer',
    print: (job, worker) => `Worker ${worker} is assigned job ${job}`,
  },
  {
    eventType: 'RouterJobCompleted',
    step: 'the app completes the job',
    print: (job, worker) => `Worker ${worker} has completed job ${job}`,
  },
  {
    eventType: 'RouterJobClosed',
    step: 'the app closes the job',
    print: (job, worker) => `Worker ${worker} has closed job ${job}`,
  },
  {
    eventType: 'RouterJobDeleted',
    step: 'the app deletes the job',
    print: (job) => `Deleting job ${job}`,
  },
];

/**
 * Turns arrivals of one job into the quickstart's lines, in its order. Event Grid promises no order, so a line
 * whose predecessors have not arrived yet is held back until they have.
 */
export function createQuickstartLines(jobId: string): (arrival: Arrival) => readonly string[] {
  const arrived = new Map<string, Arrival>();
  let printed = 0;

  return (arrival) => {
    if (arrival.data.jobId === jobId) arrived.set(shortType(arrival), arrival);
    const lines: string[] = [];
    for (const line of QUICKSTART_LINES.slice(printed)) {
      const event = arrived.get(line.eventType);
      if (!event) break;
      lines.push(line.print(jobId, event.data.workerId ?? ''));
      printed += 1;
    }
    return lines;
  };
}

/** `RouterJobClosed` of `Microsoft.Communication.RouterJobClosed`. */
export const shortType = ({ eventType }: Pick<Arrival, 'eventType'>): string =>
  eventType.slice(eventType.lastIndexOf('.') + 1);
