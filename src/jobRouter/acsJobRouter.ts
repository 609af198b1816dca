import * as z from 'zod';
import type { RouterAnswer } from './answer.ts';
import { type Ask, type CallMeans, type CallScope, createAsk } from './ask.ts';
import { type AssignmentId, idFrom, type JobId, type WorkerId } from './ids.ts';
import type { JobRouter, Page, ResourceCalls, WriteCondition, Written } from './jobRouter.ts';
import { pageRequest } from './pages.ts';
import {
  jobPositions,
  jobs,
  type Kind,
  kindNamed,
  policies,
  queues,
  type ResourceKind,
  statisticsOfQueues,
  workers,
} from './resources.ts';
import type { Repeats } from './untilAnswered.ts';

const acceptedOffer = z
  .object({ assignmentId: z.string(), jobId: z.string(), workerId: z.string() })
  .transform(({ assignmentId, jobId, workerId }) => ({
    assignmentId: idFrom<AssignmentId>(assignmentId),
    jobId: idFrom<JobId>(jobId),
    workerId: idFrom<WorkerId>(workerId),
  }));

/** Actions answer with nothing that says more than their status. */
const nothing = z.unknown().transform((): void => undefined);

const aPage = z.object({ value: z.array(z.unknown()) }).transform((): void => undefined);

/** The real Job Router, or an emulator: whatever `means.open` opens. Opened at the first call. */
export function createAcsJobRouter(means: CallMeans, scope: CallScope = { lane: 'event' }): JobRouter {
  const ask = createAsk(means, scope);
  const onAssignment = (
    jobId: JobId,
    id: AssignmentId,
    verb: 'complete' | 'close' | 'unassign',
    body: object,
  ) =>
    ask(nothing, ({ path }, options) =>
      path(`/routing/jobs/{jobId}/assignments/{assignmentId}:${verb}`, jobId, id).post({ ...options, body }),
    );

  return {
    until: (end, patience = scope.patience) =>
      createAcsJobRouter(means, { ...scope, end, ...(patience !== undefined && { patience }) }),
    inLane: (lane, watch) =>
      createAcsJobRouter(means, {
        ...scope,
        lane: scope.lane === 'housekeeping' ? scope.lane : lane,
        ...(watch && { watch }),
      }),

    acceptOffer: (workerId, offerId) =>
      ask(acceptedOffer, ({ path }, options) =>
        path('/routing/workers/{workerId}/offers/{offerId}:accept', workerId, offerId).post(options),
      ),
    completeAssignment: (jobId, id, options) => onAssignment(jobId, id, 'complete', options),
    closeAssignment: (jobId, id, options) => onAssignment(jobId, id, 'close', options),
    unassignJob: (jobId, id, options = {}) => onAssignment(jobId, id, 'unassign', options),
    cancelJob: (jobId, options) =>
      ask(nothing, ({ path }, means) =>
        path('/routing/jobs/{jobId}:cancel', jobId).post({ ...means, body: options }),
      ),
    reclassifyJob: (jobId) =>
      ask(nothing, ({ path }, means) =>
        path('/routing/jobs/{jobId}:reclassify', jobId).post({ ...means, body: {} }),
      ),
    deleteJob: (jobId) => ask(nothing, (client, options) => jobs.at(client, jobId).delete(options)),
    updateJob: (jobId, update, condition) => patch(ask, jobs, jobId, update, { condition }),

    resources: (kind) => callsFor(ask, kind),

    listJobs: (query, next) => list(ask, jobs, query, next),
    listWorkers: (query, next) => list(ask, workers, query, next),

    getDistributionPolicy: (id) => read(ask, policies, id),
    getQueue: (id) => read(ask, queues, id),
    getWorker: (id) => read(ask, workers, id),
    getQueueStatistics: (id) => read(ask, statisticsOfQueues, id),
    getJob: (id) => read(ask, jobs, id),
    getJobPosition: (id) => read(ask, jobPositions, id),

    upsertDistributionPolicy: async (id, policy) => written(await patch(ask, policies, id, policy)),
    upsertQueue: async (id, queue) => written(await patch(ask, queues, id, queue)),
    upsertWorker: async (id, worker) => written(await patch(ask, workers, id, worker)),
    updateWorker: (id, update, condition) => patch(ask, workers, id, update, { condition }),
    // Where the answer was lost, the job may have gone its whole way and been deleted: repeated, it would be a second job.
    upsertJob: async (id, job) => written(await patch(ask, jobs, id, job, { repeats: 'whenUndone' })),

    ping: () =>
      ask(
        aPage,
        ({ path }, options) => path(policies.list).get({ ...options, queryParameters: { maxpagesize: 1 } }),
        'never',
      ),
  };
}

function callsFor(ask: Ask, name: ResourceKind): ResourceCalls {
  const kind = kindNamed(name);
  return {
    list: (query, next) => list(ask, kind, query, next),
    get: (id) => read(ask, kind, id),
    upsert: async (id, body, condition) => {
      const creates = condition?.ifMatch === undefined;
      // See upsertJob below.
      const repeats = name === 'jobs' && creates ? 'whenUndone' : 'always';
      return written(await patch(ask, kind, id, body, { condition, repeats }));
    },
    delete: (id) => ask(nothing, (client, options) => kind.at(client, id).delete(options)),
  };
}

const read = <Resource>(ask: Ask, { at, schema }: Pick<Kind<Resource>, 'at' | 'schema'>, id: string) =>
  ask(schema, (client, options) => at(client, id).get(options));

interface PatchOptions {
  readonly condition?: WriteCondition | undefined;
  readonly repeats?: Repeats;
}

function patch<Resource>(
  ask: Ask,
  { at, schema }: Kind<Resource>,
  id: string,
  body: object,
  { condition: { ifMatch } = {}, repeats }: PatchOptions = {},
): Promise<RouterAnswer<Resource>> {
  const headers = ifMatch === undefined ? {} : { 'If-Match': ifMatch };
  const contentType = 'application/merge-patch+json';
  return ask(
    schema,
    (client, options) => at(client, id).patch({ ...options, headers, body, contentType }),
    repeats,
  );
}

function written<Resource>(answer: RouterAnswer<Resource>): RouterAnswer<Written<Resource>> {
  if (answer.kind !== 'ok') return answer;
  return { ...answer, value: { created: answer.status === 201, resource: answer.value } };
}

function list<Resource>(
  ask: Ask,
  kind: Kind<Resource>,
  query: object,
  next: string | undefined,
): Promise<RouterAnswer<Page<Resource>>> {
  const { path, queryParameters } = pageRequest(kind, query, next);
  return ask(kind.page, (client, options) => client.path(path).get({ ...options, queryParameters }));
}
