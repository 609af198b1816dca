/**
 * The emulator's own controls and those of Event Grid, for the prefix /_emulator. Whoever mounts them must listen
 * on loopback only: nothing here asks who is calling.
 */
import * as z from 'zod';
import { type Instant, instantOf, millisecondsAfter } from '../clock/instant.ts';
import type { SwitchableClock } from '../clock/switchableClock.ts';
import { CONTROL_PREFIX, type EventGrid } from '../eventGrid/createEventGrid.ts';
import { KNOWN_EVENT_TYPES } from '../eventGrid/eventTypes.ts';
import { controlRoutes as eventGridRoutes } from '../eventGrid/http/controlRoutes.ts';
import { eventView } from '../eventGrid/http/views.ts';
import type { EventValue } from '../eventGrid/routerEvents.ts';
import { type JsonRoutes, jsonSurface } from '../http/jsonSurface.ts';
import { RequestProblem } from '../http/problem.ts';
import type { Surface } from '../http/surface.ts';
import { idFrom, type JobId } from '../router/engine/ids.ts';
import type { JobExplanation } from '../router/engine/model/explanation.ts';
import { routesTo } from '../router/http/routes.ts';
import type { LiveRouter } from '../router/router.ts';
import { asked } from './asked.ts';
import { contentsAt } from './contents.ts';
import { type Faults, faultPlan, NO_FAULTS } from './faults.ts';
import { snapshotOf, stateIn } from './snapshot.ts';

export interface Controlled {
  readonly router: LiveRouter;
  readonly eventGrid: EventGrid;
  readonly faults: Faults;
  /** Absent when the clock is somebody else's. */
  readonly clock?: SwitchableClock;
}

const LARGEST_SNAPSHOT_BYTES = 512 * 1024 * 1024;

const clockSetting = z.lazy(() =>
  z.discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('manual') }),
    z.strictObject({
      mode: z.literal('system'),
      /** Where a running clock goes on. Absent: where it is. */
      from: z.iso.datetime({ offset: true }).transform(instantOf).optional(),
    }),
  ]),
);
const MOST_SECONDS = 100 * 366 * 24 * 60 * 60;
const clockAdvance = z.lazy(() =>
  z.union(
    [
      z.strictObject({ seconds: z.number().min(0).max(MOST_SECONDS) }),
      z.strictObject({
        milliseconds: z
          .number()
          .int()
          .min(0)
          .max(MOST_SECONDS * 1000),
      }),
      z.strictObject({ to: z.iso.datetime({ offset: true }).transform(instantOf) }),
    ],
    { error: 'Give "seconds", "milliseconds" or "to"' },
  ),
);

const eventValue: z.ZodType<EventValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.array(eventValue), z.record(z.string(), eventValue)]),
);
const triggerRequest = z.lazy(() =>
  z.strictObject({
    type: z.string(),
    subject: z.string().optional(),
    /** Members of the event's data; null leaves one out. */
    overrides: z.record(z.string(), eventValue.nullable()).default({}),
  }),
);

const inPath = z.lazy(() => z.object({ jobId: z.string() }));

/** Everything under /_emulator. */
export const controlSurface = (controlled: Controlled): Surface =>
  jsonSurface({
    prefix: CONTROL_PREFIX,
    routes: [eventGridRoutes(controlled.eventGrid), controlRoutes(controlled)],
  });

const controlRoutes = (controlled: Controlled) => (app: JsonRoutes) => {
  const { router, eventGrid, faults } = controlled;
  const operations = routesTo(router).map(([, , name]) => name);
  const plan = z.lazy(() => faultPlan(operations));

  app.get('/', ({ scheme, headers }, reply) =>
    reply.forPeople().send(contentsAt(`${scheme}://${headers.host}${CONTROL_PREFIX}`, operations)),
  );

  app.get('/clock', () => clockView(controlled.clock));
  app.post('/clock', async (request) => {
    set(switchable(controlled.clock), asked(clockSetting, request.body));
    await router.keepTime();
    return clockView(controlled.clock);
  });
  app.post('/clock/advance', async (request) => {
    const clock = switchable(controlled.clock);
    const wanted = asked(clockAdvance, request.body);
    await advance(clock, targetOf(wanted, clock.now()));
    await router.keepTime();
    return clockView(clock);
  });

  app.post('/reset', async () => {
    faults.use(NO_FAULTS);
    router.load(undefined);
    eventGrid.reset();
    await router.kept();
    return { reset: true };
  });

  app.get('/faults', () => faults.plan());
  app.put('/faults', (request) => {
    faults.use(asked(plan, request.body));
    return faults.plan();
  });
  app.delete('/faults', (_request, reply) => {
    faults.use(NO_FAULTS);
    return reply.status(204).send();
  });

  app.get('/snapshot', () => snapshotOf(router.save()));
  app.put('/snapshot', { largestBodyBytes: LARGEST_SNAPSHOT_BYTES }, async (request) => {
    const state = stateIn(request.body);
    if (controlled.clock?.mode() === 'manual') controlled.clock.setTo(state.at);
    router.load(state);
    await router.kept();
    return { loaded: true, jobs: state.engine.jobs.length, pending: state.pending.length };
  });

  app.post('/trigger', (request) => {
    const { type, subject, overrides } = asked(triggerRequest, request.body);
    const data = Object.fromEntries(
      Object.entries(overrides).map(([name, value]) => [name, value ?? undefined]),
    );
    const event = eventGrid.trigger(type, { data, ...(subject !== undefined && { subject }) });
    if (!event) {
      const known = KNOWN_EVENT_TYPES.join(', ');
      const sentence = `Job Router has no event type "${type}". Known: ${known}`;
      throw new RequestProblem(400, 'UnknownEventType', sentence);
    }
    return eventView(event, eventGrid.topic);
  });

  app.get('/explain/jobs/:jobId', (request) => {
    const jobId = idFrom<JobId>(asked(inPath, request.params).jobId);
    const explanation = router.read.explainJob(jobId);
    if (!explanation) throw new RequestProblem(404, 'NotFound', `There is no job "${jobId}"`);
    return explanationView(explanation);
  });
};

const iso = (when: Instant): string => new Date(when).toISOString();

/** Instants become texts, as everywhere outside the engine. */
const explanationView = ({ workers, ...told }: JobExplanation) => ({
  ...told,
  workers: workers.map(({ selectors, ...worker }) => ({
    ...worker,
    selectors: selectors.map(({ selector: { expiresAt, ...selector }, ...rest }) => ({
      selector: { ...selector, ...(expiresAt !== undefined && { expiresAt: iso(expiresAt) }) },
      ...rest,
    })),
  })),
});

function clockView(clock: SwitchableClock | undefined) {
  const controlled = switchable(clock);
  const nextDue = controlled.nextDue();
  return {
    mode: controlled.mode(),
    now: iso(controlled.now()),
    ...(nextDue !== undefined && { nextDue: iso(nextDue) }),
  };
}

function switchable(clock: SwitchableClock | undefined): SwitchableClock {
  if (clock) return clock;
  throw new RequestProblem(409, 'ClockNotControlled', 'The clock was given from outside and is moved there.');
}

function set(clock: SwitchableClock, wanted: z.output<typeof clockSetting>): void {
  const from = wanted.mode === 'system' ? wanted.from : undefined;
  if (from !== undefined) refuseThePast(clock, from);
  clock.switchTo(wanted.mode);
  if (from !== undefined) clock.putForward(from);
}

function refuseThePast(clock: SwitchableClock, when: Instant): void {
  if (when < clock.now()) throw new RequestProblem(400, 'InvalidRequest', 'Time cannot go back.');
}

function targetOf(wanted: z.output<typeof clockAdvance>, now: Instant): Instant {
  if ('to' in wanted) return wanted.to;
  return millisecondsAfter(now, 'seconds' in wanted ? wanted.seconds * 1000 : wanted.milliseconds);
}

async function advance(clock: SwitchableClock, target: Instant): Promise<void> {
  if (clock.mode() !== 'manual') {
    throw new RequestProblem(
      409,
      'ClockNotManual',
      'Only a manual clock can be advanced: POST {"mode":"manual"} first.',
    );
  }
  refuseThePast(clock, target);
  await clock.advanceTo(target);
}
