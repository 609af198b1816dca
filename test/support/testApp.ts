import { type Automation, automation } from '../../src/automation/rules.ts';
import type { App } from '../../src/composition.ts';
import type { Deferral } from '../../src/deferral/deferral.ts';
import { createOperations } from '../../src/http/routing/operations.ts';
import { createTurns } from '../../src/http/turns.ts';
import type { ParkedEvent } from '../../src/parking/parkedEvent.ts';
import { noMessageQueue } from '../../src/storage/messageQueue.ts';
import { fakeClock } from './fakeClock.ts';
import { fakeJobRouter } from './fakeJobRouter.ts';

/** An app in memory, and what it has put aside. */
export interface TestApp extends App {
  /** What was kept for later, and until when. */
  readonly deferred: readonly { readonly deferral: Deferral; readonly notBefore: Date }[];
  readonly parkedEvents: readonly ParkedEvent[];
}

/** An app whose every part can be replaced; without rules, it does nothing. */
export function testApp(parts: Partial<App> & { readonly rules?: Automation['rules'] } = {}): TestApp {
  const clock = fakeClock('2026-03-02T09:00:01Z');
  const deferred: TestApp['deferred'][number][] = [];
  const parkedEvents: ParkedEvent[] = [];
  const inForce = automation.parse({ rules: [] });
  return {
    automation: async () => ({ ...inForce, rules: parts.rules ?? [] }),
    rulesProblem: () => undefined,
    router: fakeJobRouter({}, clock),
    routerHost: 'router.example',
    routingEnvironment: {},
    operations: createOperations({
      clock,
      newId: () => 'operation-1',
      requestsPer10Seconds: 1_000,
      report: () => undefined,
    }),
    turns: createTurns(clock),
    deferrals: {
      async put(deferral, notBefore) {
        deferred.push({ deferral, notBefore });
        return { kind: 'kept' };
      },
    },
    work: { call: async () => ({ kind: 'done' }) },
    async park(parked) {
      parkedEvents.push(parked);
      return { kind: 'kept' };
    },
    parked: noMessageQueue(),
    signIn: 'off',
    webhook: {
      guard: async () => ({ kind: 'admitted' }),
      allowedOrigins: ['eventgrid.azure.net'],
      allowedTopics: undefined,
    },
    allowedTopics: undefined,
    logsLabels: false,
    clock,
    newId: () => 'job-new',
    ...parts,
    deferred,
    parkedEvents,
  };
}
