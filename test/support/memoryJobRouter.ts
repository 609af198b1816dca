import type { RouterAnswer } from '../../src/jobRouter/answer.ts';
import type {
  JobQuery,
  JobRouter,
  Page,
  ResourceCalls,
  WorkerQuery,
  Written,
} from '../../src/jobRouter/jobRouter.ts';
import { refusal } from '../../src/jobRouter/readAnswer.ts';
import type { AnyResource, ResourceKind } from '../../src/jobRouter/resources.ts';
import type { DistributionPolicy, Job, Queue, Worker } from '../../src/jobRouter/wire.ts';

const notFound = refusal(404, { code: 'NotFound', message: 'The item was not found.' });

/** What the router adds to a resource by itself. */
const filledIn = {
  policies: () => ({}),
  classificationPolicies: () => ({ queueSelectorAttachments: [], workerSelectorAttachments: [] }),
  exceptionPolicies: () => ({ exceptionRules: [] }),
  queues: (id: string) => ({ labels: { Id: id } }),
  workers: (id: string) => ({
    labels: { Id: id },
    tags: {},
    queues: [],
    channels: [],
    availableForOffers: false,
  }),
  jobs: () => ({
    status: 'created',
    priority: 1,
    labels: {},
    tags: {},
    requestedWorkerSelectors: [],
    notes: [],
  }),
};

/**
 * A router that keeps what it is given and fills in what the service fills in, for tests of what stands above
 * the port. `writes` names every write; `failures` makes a call answer otherwise, by its name and id.
 */
export function createMemoryJobRouter(
  failures: Readonly<Record<string, Extract<RouterAnswer<never>, { kind: 'refused' | 'unavailable' }>>> = {},
) {
  const policies = new Map<string, DistributionPolicy>();
  const queues = new Map<string, Queue>();
  const workers = new Map<string, Worker>();
  const jobs = new Map<string, Job>();
  const classificationPolicies = new Map<string, AnyResource>();
  const exceptionPolicies = new Map<string, AnyResource>();
  const writes: string[] = [];

  const get =
    <Resource>(kind: string, held: ReadonlyMap<string, Resource>) =>
    async (id: string): Promise<RouterAnswer<Resource>> => {
      const value = held.get(id);
      return failures[`get ${kind}/${id}`] ?? (value ? { kind: 'ok', status: 200, value } : notFound);
    };

  const upsert =
    <Resource extends { id: string }>(
      kind: keyof typeof filledIn,
      held: Map<string, Resource>,
      make: (members: object, id: string) => Resource,
    ) =>
    async (id: string, patch: object): Promise<RouterAnswer<Written<Resource>>> => {
      const failure = failures[`upsert ${kind}/${id}`];
      if (failure) return failure;
      writes.push(`${kind}/${id} ${JSON.stringify(patch)}`);
      const former = held.get(id);
      const merged = mergePatch(former ?? filledIn[kind](id), patch);
      const resource = make(merged, id);
      held.set(id, resource);
      const created = former === undefined;
      return { kind: 'ok', status: created ? 201 : 200, value: { created, resource } };
    };

  const update =
    <Resource extends { id: string }>(
      kind: keyof typeof filledIn,
      held: Map<string, Resource>,
      make: (members: object, id: string) => Resource,
    ) =>
    async (id: string, patch: object): Promise<RouterAnswer<Resource>> => {
      if (!held.has(id)) return notFound;
      const written = await upsert(kind, held, make)(id, patch);
      return written.kind === 'ok' ? { ...written, value: written.value.resource } : written;
    };

  /** Newest first, all on one page. */
  const list =
    <Resource, Query>(
      kind: string,
      held: ReadonlyMap<string, Resource>,
      matches: (resource: Resource, query: Query) => boolean,
    ) =>
    async (query: Query): Promise<RouterAnswer<Page<Resource>>> => {
      const items = [...held.values()].reverse().filter((resource) => matches(resource, query));
      return failures[`list ${kind}`] ?? { kind: 'ok', status: 200, value: { items, unread: 0 } };
    };

  const done = async (): Promise<RouterAnswer<void>> => ({ kind: 'ok', status: 200, value: undefined });

  function callsFor<Resource extends { id: string }>(
    kind: keyof typeof filledIn,
    held: Map<string, Resource>,
    make: (members: object, id: string) => Resource,
  ): ResourceCalls {
    const plain = (resource: Resource): AnyResource => ({ etag: '', ...resource });
    const write = upsert(kind, held, make);
    return {
      list: async () => {
        const page = await list(kind, held, () => true)({});
        return page.kind === 'ok'
          ? { ...page, value: { ...page.value, items: page.value.items.map(plain) } }
          : page;
      },
      get: async (id) => {
        const answer = await get(kind, held)(id);
        return answer.kind === 'ok' ? { ...answer, value: plain(answer.value) } : answer;
      },
      upsert: async (id, patch) => {
        const answer = await write(id, patch);
        if (answer.kind !== 'ok') return answer;
        const { created, resource } = answer.value;
        return { ...answer, value: { created, resource: plain(resource) } };
      },
      delete: async (id) => {
        const failure = failures[`delete ${kind}/${id}`];
        if (failure) return failure;
        writes.push(`delete ${kind}/${id}`);
        held.delete(id);
        return { kind: 'ok', status: 204, value: undefined };
      },
    };
  }

  const calls: Readonly<Record<ResourceKind, ResourceCalls>> = {
    distributionPolicies: callsFor('policies', policies, (members, id) => ({ ...members, id })),
    classificationPolicies: callsFor('classificationPolicies', classificationPolicies, (members, id) => ({
      etag: '',
      ...members,
      id,
    })),
    exceptionPolicies: callsFor('exceptionPolicies', exceptionPolicies, (members, id) => ({
      etag: '',
      ...members,
      id,
    })),
    queues: callsFor('queues', queues, (members, id) => ({ ...members, id })),
    workers: callsFor('workers', workers, (members, id) => ({ ...members, id })),
    jobs: callsFor('jobs', jobs, (members, id) => ({ ...members, id })),
  };

  const router: JobRouter = {
    until: () => router,
    inLane: () => router,
    acceptOffer: async () => notFound,
    completeAssignment: done,
    closeAssignment: done,
    unassignJob: done,
    deleteJob: done,
    cancelJob: done,
    reclassifyJob: done,
    resources: (kind) => calls[kind],
    updateJob: update('jobs', jobs, (members, id) => ({ ...members, id })),
    updateWorker: update('workers', workers, (members, id) => ({ ...members, id })),
    listJobs: list('jobs', jobs, ({ status }, query: JobQuery) => (query.status ?? status) === status),
    listWorkers: list(
      'workers',
      workers,
      ({ state }, query: WorkerQuery) => (query.state ?? state) === state,
    ),
    getJob: get('jobs', jobs),
    getWorker: get('workers', workers),
    getQueue: get('queues', queues),
    getQueuePosition: async () => notFound,
    getQueueStatistics: async () => notFound,
    getDistributionPolicy: get('policies', policies),
    upsertDistributionPolicy: upsert('policies', policies, (members, id) => ({ ...members, id })),
    upsertQueue: upsert('queues', queues, (members, id) => ({ ...members, id })),
    upsertWorker: upsert('workers', workers, (members, id) => ({ ...members, id })),
    upsertJob: upsert('jobs', jobs, (members, id) => ({ ...members, id })),
    ping: async () => failures.ping ?? done(),
  };
  return { router, policies, queues, workers, jobs, writes };
}

function mergePatch(target: object, patch: object): object {
  const merged = new Map<string, unknown>(Object.entries(target));
  for (const [key, value] of Object.entries(patch)) {
    const held = merged.get(key);
    if (value === null) merged.delete(key);
    else merged.set(key, isMap(held) && isMap(value) ? mergePatch(held, value) : value);
  }
  return Object.fromEntries(merged);
}

const isMap = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
