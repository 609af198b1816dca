import { APP_ROOT, eventSubscriptions } from '../app.ts';
import type { HostProcess } from '../hostProcess.ts';
import type { Ports } from '../ports.ts';
import { realisticDelays } from '../router/engine/delays.ts';
import { createEmulatorSuite, type EmulatorSuite, subscribeNow } from '../suite.ts';
import { type AppClient, createAppClient } from './appClient.ts';
import { type Arrival, listenForArrivals } from './arrivals.ts';
import { type EventReport, readEventReport } from './eventReport.ts';
import { createSteps, type Steps } from './steps.ts';

/** How long the demo waits for anything before it gives up. */
const STEP_LIMIT_SECONDS = 15;

/** Everything a demo needs, running: the suite with the built app, and a subscription of its own to all events. */
export interface Stage {
  readonly suite: EmulatorSuite;
  readonly host: HostProcess;
  readonly app: AppClient;
  readonly steps: Steps;
  onArrival: (arrival: Arrival) => void;
  onReport: (report: EventReport) => void;
  close(): Promise<void>;
}

export async function setStage(ports: Ports): Promise<Stage> {
  const suite = await createEmulatorSuite({
    ports,
    delays: realisticDelays,
    app: {
      root: APP_ROOT,
      port: 0,
      // The router of the demo keeps no quota, and the demo shows how fast the loop is.
      settings: { ROUTER_REQUESTS_PER_10_SECONDS: '10000' },
      subscriptions: await eventSubscriptions(),
      onLog(entry) {
        const report = readEventReport(entry.message);
        if (report) stage.onReport(report);
      },
    },
  });
  const { host } = suite;
  if (!host) throw new Error('The suite runs no app');
  const listener = await listenForArrivals((arrival) => stage.onArrival(arrival));
  const stage: Stage = {
    suite,
    host,
    app: createAppClient(host.url),
    steps: createSteps(ports.clock, STEP_LIMIT_SECONDS, host.ended),
    onArrival: () => {},
    onReport: () => {},
    async close() {
      await suite.close();
      await listener.close();
    },
  };
  await subscribeNow(suite.eventGrid, { name: 'demo', endpoint: listener.url });
  return stage;
}
