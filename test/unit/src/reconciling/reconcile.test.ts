import { describe, expect, it } from 'vitest';
import { automation } from '../../../../src/automation/rules.ts';
import type { LogLine } from '../../../../src/handling/logLine.ts';
import type { Refused, Unavailable } from '../../../../src/jobRouter/answer.ts';
import type { JobRouter } from '../../../../src/jobRouter/jobRouter.ts';
import { openJobRouter } from '../../../../src/jobRouter/openJobRouter.ts';
import { job, worker } from '../../../../src/jobRouter/wire.ts';
import { createReconciler } from '../../../../src/reconciling/reconcile.ts';
import { type SeenRequest, startAnsweringServer } from '../../../support/answeringServer.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { createMemoryJobRouter } from '../../../support/memoryJobRouter.ts';
import { testApp } from '../../../support/testApp.ts';

const NINE = '2026-03-02T09:00:00Z';
const all = { name: 'all', accept: 'auto', complete: 'onAccept', close: {}, delete: true };

interface WorldParts {
  readonly rules?: object;
  readonly failures?: Readonly<Record<string, Refused | Unavailable>>;
  /** In front of the router in memory. */
  readonly router?: (router: JobRouter) => Partial<JobRouter>;
}

function world({ rules = { rules: [all] }, failures = {}, router = () => ({}) }: WorldParts = {}) {
  const memory = createMemoryJobRouter(failures);
  const inFront: JobRouter = {
    ...memory.router,
    ...router(memory.router),
    until: () => inFront,
    inLane: () => inFront,
  };
  const clock = fakeClock('2026-03-02T09:01:00Z');
  const inForce = { automation: automation.parse(rules) };
  const app = testApp({ automation: async () => inForce.automation, router: inFront, clock });
  const reconciler = createReconciler();
  const lines: LogLine[] = [];
  const run = () => reconciler.run({ app, log: (line) => lines.push(line) });
  const add = (parts: object) => {
    const added = job.parse({ id: `job-${memory.jobs.size + 1}`, channelId: 'voice', ...parts });
    memory.jobs.set(added.id, added);
  };
  const reload = (changed: object) => {
    inForce.automation = automation.parse(changed);
  };
  return { ...memory, app, clock, lines, run, add, reload };
}

const assigned = (assignedAt: string) => ({
  status: 'assigned',
  assignments: { a: { assignmentId: 'a', workerId: 'w', assignedAt } },
});
const away: Unavailable = { kind: 'unavailable', status: 503, message: 'Down' };
const no: Refused = { kind: 'refused', reason: 'other', status: 400, code: 'BadRequest', message: 'No' };

describe('a run', () => {
  it('has what was found handled, and says so in one line each and one for all', async () => {
    const { add, run, lines } = world();
    add(assigned(NINE));
    add({ status: 'cancelled' });
    add({ status: 'queued' });
    const summary = await run();
    expect(lines.map(({ function: by, eventId, did }) => [by, eventId, did])).toEqual([
      ['reconcileJobs', 'reconcile-WorkerOfferAccepted-a', 'completed assignment a of job-1'],
      ['reconcileJobs', 'reconcile-JobCancelled-job-2', 'deleted job-2'],
    ]);
    expect(summary).toMatchObject({ function: 'reconcileJobs', acted: 2, stuck: 0, unread: 0 });
    expect(summary).not.toHaveProperty('stopped');
  });

  it('leaves what is young to its own event', async () => {
    const { add, run, lines } = world();
    add(assigned('2026-03-02T09:00:31Z'));
    expect(await run()).toMatchObject({ acted: 0, left: 1 });
    expect(lines).toEqual([]);
  });

  it('counts what is stuck and no rule rescues, without a line in every run', async () => {
    const { add, run, lines } = world();
    add({ status: 'scheduleFailed' });
    add({ status: 'classificationFailed' });
    add({ status: 'waitingForActivation' });
    expect(await run()).toMatchObject({ acted: 0, stuck: 3 });
    expect(lines).toEqual([]);
  });

  it('does not look for what no rule would act on', async () => {
    const asked: unknown[] = [];
    const { run } = world({
      rules: { rules: [{ ...all, enabled: false }, { name: 'people' }] },
      router: (router) => ({
        listJobs: (query) => {
          asked.push(query);
          return router.listJobs(query);
        },
        listWorkers: () => Promise.reject(new Error('Nobody needs the workers')),
      }),
    });
    await run();
    expect(asked).toEqual([
      { status: 'waitingForActivation' },
      { status: 'classificationFailed' },
      { status: 'scheduleFailed' },
    ]);
  });

  it('ends with the reason where the router does not answer', async () => {
    const { run } = world({ failures: { 'list workers': away } });
    expect(await run()).toMatchObject({ stopped: 'the router did not list active workers: Down' });
  });

  it('ends where one request after the other is not answered', async () => {
    const body = { value: [...Array(50).keys()].map((id) => ({ id: `job-${id}`, status: 'cancelled' })) };
    const lists = (asked: SeenRequest) =>
      asked.method === 'GET' ? { status: 200, body } : { status: 503, headers: { 'retry-after': '1' } };
    await using server = await startAnsweringServer(lists);
    const { app, clock } = world({ rules: { rules: [{ name: 'tidy', delete: true }] } });
    const router = openJobRouter(server.connection, { clock });
    const summary = await createReconciler().run({ app: { ...app, router }, log: () => {} });
    expect(summary).toMatchObject({ stopped: 'the router does not answer' });
    expect(server.seen).toHaveLength(summary?.calls ?? 0);
    expect(server.seen.length).toBeLessThan(60);
  });

  it('asks a refusal that stays one less and less often', async () => {
    const { add, run, lines, clock } = world({
      router: () => ({ completeAssignment: async () => no }),
    });
    add(assigned(NINE));
    for (let each = 0; each < 6; each += 1) {
      await run();
      await clock.wait(29_000);
    }
    expect(lines.map(({ outcome }) => outcome)).toEqual(['parked', 'parked']);
  });

  it('does not ask in every run about what a rule leaves to people, unless the rules change', async () => {
    let asked = 0;
    const { add, run, reload } = world({
      rules: { rules: [{ name: 'some', delete: true, when: { workerLabels: { skill: 1 } } }] },
      router: (router) => ({
        getJob: (jobId) => {
          asked += 1;
          return router.getJob(jobId);
        },
      }),
    });
    add({ status: 'cancelled' });
    expect(await run()).toMatchObject({ left: 1 });
    expect(await run()).toMatchObject({ left: 1 });
    expect(asked).toBe(1);
    reload({ rules: [all] });
    expect(await run()).toMatchObject({ acted: 1 });
  });

  it('goes over all pages, and ends after four minutes for the next one to go on', async () => {
    let pages = 0;
    const { run, clock } = world({
      router: () => ({
        listJobs: async () => {
          pages += 1;
          await clock.wait(10_000);
          return {
            kind: 'ok',
            status: 200,
            value: { items: [], unread: 1, next: '/routing/jobs?continuationToken=a' },
          };
        },
      }),
    });
    expect(await run()).toMatchObject({
      unread: 24,
      seconds: 240,
      stopped: 'its time was over; the next run goes on',
    });
    expect(pages).toBe(24);
  });

  it('is the only one in its process', async () => {
    const { promise: held, resolve: goOn } = Promise.withResolvers<void>();
    const { run } = world({
      router: (router) => ({
        listWorkers: async (query) => {
          await held;
          return router.listWorkers(query);
        },
      }),
    });
    const first = run();
    expect(await run()).toBeUndefined();
    goOn();
    expect(await first).toBeDefined();
    expect(await run()).toBeDefined();
  });
});

describe('automated workers that are off duty', () => {
  const rules = { rules: [], automatedWorkers: [{ name: 'robots', workers: ['robot'] }] };

  it('are brought back where they still are at a second look, and others are not', async () => {
    const { run, workers, clock, lines } = world({ rules });
    for (const id of ['robot', 'person']) workers.set(id, worker.parse({ id, state: 'inactive' }));
    expect(await run()).toMatchObject({ acted: 1 });
    expect(clock.waits).toContain(5);
    expect(lines.map(({ did }) => did)).toEqual(['brought robot back on duty']);
    expect(workers.get('robot')?.availableForOffers).toBe(true);
    expect(workers.get('person')?.availableForOffers).toBeUndefined();
  });

  it('are told from people by the labels in the list, without asking about anybody', async () => {
    const asked: string[] = [];
    const { run, workers, lines } = world({
      rules: { rules: [], automatedWorkers: [{ name: 'robots', workerLabels: { robot: true } }] },
      router: (router) => ({
        getWorker: (id) => {
          asked.push(id);
          return router.getWorker(id);
        },
      }),
    });
    for (const robot of [true, false]) {
      const id = robot ? 'robot' : 'person';
      workers.set(id, worker.parse({ id, state: 'inactive', labels: { robot } }));
    }
    await run();
    expect(lines.map(({ did }) => did)).toEqual(['brought robot back on duty']);
    expect(asked).not.toContain('person');
  });

  it('are left where they signed off, be it that the sign-off was noted only now', async () => {
    const { run, workers, lines } = world({
      rules,
      router: (router) => ({
        listWorkers: (query) => {
          const robot = worker.parse({
            id: 'robot',
            state: 'inactive',
            availableForOffers: false,
            tags: { 'automation.signedOffAt': '2026-03-02T09:00:59.000Z' },
          });
          const answer = router.listWorkers(query);
          workers.set('robot', robot);
          return answer;
        },
      }),
    });
    workers.set('robot', worker.parse({ id: 'robot', state: 'inactive', availableForOffers: false }));
    expect(await run()).toMatchObject({ acted: 0, left: 1 });
    expect(lines).toEqual([]);
  });
});
