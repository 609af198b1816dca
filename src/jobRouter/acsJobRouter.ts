import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { RouterAnswer } from './answer.ts';
import { callLimit } from './callLimit.ts';
import { type Call, exchange } from './exchange.ts';
import { type AssignmentId, idFrom, type JobId, type WorkerId } from './ids.ts';
import type { JobRouter, Written } from './jobRouter.ts';
import { readAnswer } from './readAnswer.ts';
import type { RestClient } from './restClient.ts';
import { distributionPolicy, job, queue, worker } from './wire.ts';

const acceptedOffer = z
  .object({ assignmentId: z.string(), jobId: z.string(), workerId: z.string() })
  .transform(({ assignmentId, jobId, workerId }) => ({
    assignmentId: idFrom<AssignmentId>(assignmentId),
    jobId: idFrom<JobId>(jobId),
    workerId: idFrom<WorkerId>(workerId),
  }));

/** Actions answer an empty object, deletions nothing at all; neither says more than its status. */
const nothing = z.unknown().transform((): void => undefined);

const aPage = z.object({ value: z.array(z.unknown()) }).transform((): void => undefined);

/** The resources that are read and written alike: where each is, and how it reads. */
const policies = kind('/routing/distributionPolicies/{distributionPolicyId}', distributionPolicy);
const queues = kind('/routing/queues/{queueId}', queue);
const workers = kind('/routing/workers/{workerId}', worker);
const jobs = kind('/routing/jobs/{jobId}', job);

/**
 * The real Job Router, or an emulator: whatever `open` opens. Opened at the first call.
 *
 * @param end when every call must be over; absent, each has its whole limit.
 */
export function createAcsJobRouter(open: () => Promise<RestClient>, clock: Clock, end?: Date): JobRouter {
  const ask: Ask = async (schema, call) => {
    const client = await open();
    const limit = callLimit(clock.now(), end);
    if (limit <= 0) return { kind: 'unavailable', message: 'No time was left to ask' };
    const heard = await exchange(client, call, clock.deadline(limit));
    return readAnswer(heard, schema, clock.now());
  };

  return {
    until: (newEnd) => createAcsJobRouter(open, clock, newEnd),

    acceptOffer: (workerId, offerId) =>
      ask(acceptedOffer, ({ path }, options) =>
        path('/routing/workers/{workerId}/offers/{offerId}:accept', workerId, offerId).post(options),
      ),
    completeAssignment: (jobId, assignmentId, body) =>
      ask(nothing, ({ path }, options) =>
        path('/routing/jobs/{jobId}/assignments/{assignmentId}:complete', jobId, assignmentId).post({
          ...options,
          body,
        }),
      ),
    closeAssignment: (jobId, assignmentId, body) =>
      ask(nothing, ({ path }, options) =>
        path('/routing/jobs/{jobId}/assignments/{assignmentId}:close', jobId, assignmentId).post({
          ...options,
          body,
        }),
      ),
    deleteJob: (jobId) => ask(nothing, (client, options) => jobs.at(client, jobId).delete(options)),

    getDistributionPolicy: (id) => read(ask, policies, id),
    getQueue: (id) => read(ask, queues, id),
    getWorker: (id) => read(ask, workers, id),
    getJob: (id) => read(ask, jobs, id),

    upsertDistributionPolicy: (id, patch) => write(ask, policies, id, patch),
    upsertQueue: (id, patch) => write(ask, queues, id, patch),
    upsertWorker: (id, patch) => write(ask, workers, id, patch),
    upsertJob: (id, patch) => write(ask, jobs, id, patch),

    ping: () =>
      ask(aPage, ({ path }, options) =>
        path('/routing/distributionPolicies').get({ ...options, queryParameters: { maxpagesize: 1 } }),
      ),
  };
}

/** Makes one call and reads what it answers. */
type Ask = <Value>(schema: z.ZodType<Value>, call: Call) => Promise<RouterAnswer<Value>>;

interface Kind<Resource> {
  readonly at: (client: RestClient, id: string) => ReturnType<RestClient['path']>;
  readonly schema: z.ZodType<Resource>;
}

function kind<Resource>(
  template: `/routing/${string}/{${string}}`,
  schema: z.ZodType<Resource>,
): Kind<Resource> {
  return { at: ({ path }, id) => path(template, id), schema };
}

const read = <Resource>(
  ask: Ask,
  { at, schema }: Kind<Resource>,
  id: string,
): Promise<RouterAnswer<Resource>> => ask(schema, (client, options) => at(client, id).get(options));

async function write<Resource>(
  ask: Ask,
  { at, schema }: Kind<Resource>,
  id: string,
  patch: object,
): Promise<RouterAnswer<Written<Resource>>> {
  const answer = await ask(schema, (client, options) =>
    at(client, id).patch({ ...options, body: patch, contentType: 'application/merge-patch+json' }),
  );
  if (answer.kind !== 'ok') return answer;
  return { ...answer, value: { created: answer.status === 201, resource: answer.value } };
}
