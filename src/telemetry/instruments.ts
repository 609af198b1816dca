/**
 * What the app counts, through OpenTelemetry's API: without an exporter (exportMetrics.ts) nothing is counted and
 * nothing is spent. The names are part of what users build dashboards on.
 */
import { type Meter, metrics } from '@opentelemetry/api';

/** The scope under which the metrics are found. */
export const SCOPE = 'job-router-functions';

const create = (meter: Meter) => ({
  meter,
  events: meter.createCounter('job_router.events', {
    unit: '{event}',
    description: 'Events handled, by type, function and outcome',
  }),
  lag: meter.createHistogram('job_router.event.lag', {
    unit: 's',
    description: 'From the time of an event to the start of its handling',
    advice: { explicitBucketBoundaries: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600] },
  }),
  acceptLatency: meter.createHistogram('job_router.offer.accept_latency', {
    unit: 's',
    description: 'From the time an offer was issued to its acceptance',
    advice: { explicitBucketBoundaries: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] },
  }),
  parked: meter.createCounter('job_router.events.parked', {
    unit: '{event}',
    description: 'Events kept for a person',
  }),
  retries: meter.createCounter('job_router.retries', {
    unit: '{retry}',
    description: 'What had to be done again: calls to the router, and events that were left to come again',
  }),
  requests: meter.createCounter('job_router.requests', {
    unit: '{request}',
    description: 'Requests to the router, by lane and answer',
  }),
  deferrals: meter.createCounter('job_router.deferrals', {
    unit: '{deferral}',
    description: 'What was put into the queue deferred-work, by kind',
  }),
});

type Instruments = ReturnType<typeof create>;

let created: Instruments | undefined;

/** The instruments of the meter provider that is in place now. */
export function instruments(): Instruments {
  const meter = metrics.getMeter(SCOPE);
  if (created?.meter !== meter) created = create(meter);
  return created;
}
