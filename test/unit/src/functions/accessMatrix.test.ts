import { HttpRequest, InvocationContext } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { supplyCoreModule } from '../../../../emulator/functionsHost/worker/supplyCoreModule.ts';
import { createWorkerCore } from '../../../../emulator/functionsHost/worker/workerCore.ts';
import { replaceApp } from '../../../../src/composition.ts';
import { type Role, roles } from '../../../../src/http/caller.ts';
import type { Endpoint } from '../../../../src/http/endpoint.ts';
import { endpoints } from '../../../../src/http/endpoints.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { createMemoryJobRouter } from '../../../support/memoryJobRouter.ts';
import { principalHeader } from '../../../support/principalHeader.ts';
import { testApp } from '../../../support/testApp.ts';

const core = createWorkerCore(() => undefined);
supplyCoreModule(core.module);
const { answering } = await import('../../../../src/http/serve.ts');
await import('../../../../src/app.ts');

const registered = core.functions().map(({ metadata: { name, bindings } }) => ({
  name,
  trigger: Object.values(bindings).find(({ type }) => type === 'httpTrigger'),
}));
/** What the bundle has. */
const http = new Map(
  registered.flatMap(({ name, trigger }) => (trigger === undefined ? [] : [[name, trigger] as const])),
);

/** Who may: by level of key and by role. `self`: Workers.Self for the own worker only, tried below it. */
const everybody = { level: 'anonymous', roles: [] } as const;
const admin = { level: 'admin', roles: ['Routing.Admin'] } as const;
const routing = { level: 'function', roles: ['Routing.Admin'] } as const;
const submit = { level: 'function', roles: ['Jobs.Submit'] } as const;
const read = { level: 'function', roles: ['Jobs.Read'] } as const;
const readJobs = { level: 'function', roles: ['Jobs.Read', 'Jobs.Submit'] } as const;

const table: Readonly<
  Record<
    string,
    { level: Endpoint['level']; roles: readonly Role[]; alsoOwn?: Readonly<Record<string, unknown>> }
  >
> = {
  health: everybody,
  openApi: everybody,
  apiDocs: everybody,
  apiDocsAsset: everybody,
  submitJob: submit,
  getJob: readJobs,
  listJobs: readJobs,
  updateJob: submit,
  cancelJob: submit,
  reclassifyJob: submit,
  closeAssignment: submit,
  unassignJob: submit,
  completeAssignment: { ...submit, alsoOwn: {} },
  listWorkers: read,
  getWorker: { level: 'function', roles: ['Jobs.Read', 'Routing.Admin'], alsoOwn: {} },
  updateWorker: { ...routing, alsoOwn: { availableForOffers: false } },
  acceptOwnOffer: { level: 'function', roles: [], alsoOwn: {} },
  getQueue: read,
  listParkedEvents: admin,
  resendParkedEvents: admin,
  provisionRouting: routing,
  planRouting: routing,
  exportRouting: routing,
  getRoutingOperation: routing,
};

/** What a request needs to be about something that is there. */
const params: Readonly<Record<string, string>> = {
  jobId: 'job-1',
  queueId: 'queue-1',
  workerId: 'ada',
  offerId: 'offer-1',
  operationId: 'operation-1',
};

function world() {
  const memory = createMemoryJobRouter();
  const offers = [{ offerId: 'offer-1', jobId: 'job-1' }];
  const assigned = [{ assignmentId: 'assignment-1', jobId: 'job-1' }];
  for (const id of ['ada', 'bob']) {
    memory.workers.set(id, {
      id,
      capacity: 1,
      offers: id === 'ada' ? offers : [],
      assignedJobs: id === 'ada' ? assigned : [],
    });
  }
  const assignments = { 'assignment-1': { assignmentId: 'assignment-1', workerId: 'ada' } };
  memory.jobs.set('job-1', { id: 'job-1', status: 'assigned', assignments });
  return memory;
}

async function ask(
  endpoint: Endpoint,
  headers: Record<string, string>,
  {
    body = {},
    signIn = 'required',
    given = {},
  }: {
    body?: unknown;
    signIn?: 'off' | 'required';
    given?: Readonly<Record<string, string>>;
  } = {},
) {
  const { router } = world();
  const restore = replaceApp(testApp({ router, signIn, clock: fakeClock('2026-03-02T09:00:00Z') }));
  try {
    const names = [...endpoint.route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const request = new HttpRequest({
      method: endpoint.method,
      url: `https://app.example/api/${endpoint.route}`,
      headers,
      params: Object.fromEntries(names.map((name) => [name, given[name] ?? params[name] ?? 'missing'])),
      ...(endpoint.method !== 'GET' && { body: { string: JSON.stringify(body) } }),
    });
    return await answering(endpoint)(request, new InvocationContext());
  } finally {
    restore();
  }
}

const as = (...names: readonly Role[]) => principalHeader({ id: 'cleo', roles: names });
const refused = (status: number | undefined) => status === 401 || status === 403;

describe('every HTTP function', () => {
  it('is an endpoint with a row here, and registered with the level of its row', () => {
    expect(endpoints.map(({ name }) => name).sort()).toEqual(Object.keys(table).sort());
    const keys = [...http].filter(([name]) => name !== 'receiveRouterEvents');
    expect(Object.fromEntries(keys.map(([name, { authLevel }]) => [name, authLevel]))).toEqual(
      Object.fromEntries(Object.entries(table).map(([name, { level }]) => [name, level])),
    );
  });
});

describe.each(endpoints.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (name, endpoint) => {
  const row = table[name] ?? { level: 'admin', roles: [] };
  const isOpen = row.level === 'anonymous';

  it.each(roles)('as %s', async (role) => {
    const { status } = await ask(endpoint, as(role));
    const isAllowed = isOpen || row.roles.includes(role);
    expect(refused(status)).toBe(!isAllowed);
    if (!isAllowed) expect(status).toBe(403);
  });

  it('as two roles is what either may', async () => {
    for (const role of roles) {
      const { status } = await ask(endpoint, as('Workers.Self', role));
      expect(refused(status)).toBe(!isOpen && !row.roles.includes(role));
    }
  });

  it('as nobody, without a role and with a header that is none', async () => {
    const malformed = { 'x-ms-client-principal': 'Routing.Admin' };
    expect((await ask(endpoint, {})).status === 401).toBe(!isOpen);
    expect((await ask(endpoint, malformed)).status === 401).toBe(!isOpen);
    expect((await ask(endpoint, as())).status === 403).toBe(!isOpen);
  });

  it('looks at no header while nobody has to sign in', async () => {
    const malformed = { 'x-ms-client-principal': 'Routing.Admin' };
    for (const headers of [{}, malformed, as(), as('Workers.Self')]) {
      expect(refused((await ask(endpoint, headers, { signIn: 'off' })).status)).toBe(false);
    }
  });

  if (row.alsoOwn !== undefined) {
    const body = row.alsoOwn;

    it('is open to a worker for itself', async () => {
      const { status } = await ask(endpoint, principalHeader({ id: 'ada', roles: ['Workers.Self'] }), {
        body,
      });
      expect(refused(status)).toBe(false);
    });

    it.each(['bob', 'ADA', 'ada '])('is closed to %s, who learns nothing of what is not his', async (id) => {
      const headers = principalHeader({ id, roles: ['Workers.Self'] });
      const nothing = { workerId: 'nobody', jobId: 'nothing' };
      const [others, missing] = await Promise.all([
        ask(endpoint, headers, { body }),
        ask(endpoint, headers, { body, given: nothing }),
      ]);
      expect(others).toMatchObject({ status: 403 });
      expect(missing).toEqual(others);
    });
  }
});
