/**
 * The emulator's router and Event Grid on a clock moved by hand, and the app's handling at the other end of a webhook
 * subscription. Event Grid loses some events for good.
 */
import fastify from 'fastify';
import * as z from 'zod';
import { secondsAfter } from '../../emulator/clock/instant.ts';
import { createEmulatorSuite, type EmulatorSuite } from '../../emulator/suite.ts';
import type { Automation } from '../../src/automation/rules.ts';
import type { App } from '../../src/composition.ts';
import { handleRouterEvent } from '../../src/handleRouterEvent.ts';
import { WEBHOOK } from '../../src/handling/reactions.ts';
import type { Attempt } from '../../src/jobRouter/attempt.ts';
import { openJobRouter } from '../../src/jobRouter/openJobRouter.ts';
import { isAcknowledged } from '../../src/outcome.ts';
import { fakeClock } from './fakeClock.ts';
import { testApp } from './testApp.ts';

const KEY = 'bG9zc3k=';

export interface LossyWorld {
  readonly app: App;
  readonly suite: EmulatorSuite;
  /** Every attempt at a call of the router. */
  readonly attempts: readonly Attempt[];
  /** Lets the router and Event Grid go on for so long, deliveries included. */
  goOn(seconds: number): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** @param lost how many events of all are never delivered, from 0 to 1. */
export async function lossyWorld(seed: string, lost: number, automation: Automation): Promise<LossyWorld> {
  const suite = await createEmulatorSuite({ clock: 'manual', seed, accessKey: KEY });
  const attempts: Attempt[] = [];
  const clock = fakeClock(new Date().toISOString());
  const router = openJobRouter(
    { kind: 'accessKey', endpoint: `${suite.routerUrl}/`, key: KEY },
    { clock, watch: (attempt) => attempts.push(attempt) },
  );
  const app = testApp({ automation: async () => automation, router, clock });
  const subscriber = await startSubscriber(app);
  await suite.eventGrid.subscribe({ name: 'everything', endpoint: subscriber.url });
  const planned = await fetch(`${suite.routerUrl}/_emulator/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ seed, deliveries: [{ kind: 'drop', probability: lost }] }),
  });
  if (!planned.ok) throw new Error(`The fault plan was refused: ${await planned.text()}`);
  return {
    app,
    suite,
    attempts,
    async goOn(seconds) {
      for (let second = 0; second < seconds; second += 1) {
        await suite.switchableClock?.advanceTo(secondsAfter(suite.switchableClock.now(), 1));
        await suite.eventGrid.idle();
      }
    },
    async [Symbol.asyncDispose]() {
      await suite.close();
      await subscriber.close();
    },
  };
}

const delivery = z.array(z.looseObject({ data: z.looseObject({ validationCode: z.string().optional() }) }));

async function startSubscriber(app: App) {
  const server = fastify({ forceCloseConnections: true });
  server.post('/', async (request, reply) => {
    const [event] = delivery.parse(request.body);
    const code = event?.data.validationCode;
    if (code !== undefined) return { validationResponse: code };
    const outcome = await handleRouterEvent(event, { functionName: WEBHOOK, app, log: () => {} });
    return reply.code(isAcknowledged(outcome) ? 200 : 503).send();
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return { url, close: () => server.close() };
}
