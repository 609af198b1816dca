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

const mergePatch = (body: unknown) => ({ body, contentType: 'application/merge-patch+json' });

/**
 * The real Job Router, or an emulator: whatever `open` opens. Opened at the first call.
 *
 * @param end when every call must be over; absent, each has its whole limit.
 */
export function createAcsJobRouter(open: () => Promise<RestClient>, clock: Clock, end?: Date): JobRouter {
  async function ask<Value>(schema: z.ZodType<Value>, call: Call): Promise<RouterAnswer<Value>> {
    const client = await open();
    const limit = callLimit(clock.now(), end);
    if (limit <= 0) return { kind: 'unavailable', message: 'No time was left to ask' };
    const heard = await exchange(client, call, clock.deadline(limit));
    return readAnswer(heard, schema, clock.now());
  }

  async function write<Resource>(
    schema: z.ZodType<Resource>,
    call: Call,
  ): Promise<RouterAnswer<Written<Resource>>> {
    const answer = await ask(schema, call);
    if (answer.kind !== 'ok') return answer;
    return { ...answer, value: { created: answer.status === 201, resource: answer.value } };
  }

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

    deleteJob: (jobId) =>
      ask(nothing, ({ path }, options) => path('/routing/jobs/{jobId}', jobId).delete(options)),

    getJob: (id) => ask(job, ({ path }, options) => path('/routing/jobs/{jobId}', id).get(options)),
    getWorker: (id) =>
      ask(worker, ({ path }, options) => path('/routing/workers/{workerId}', id).get(options)),
    getQueue: (id) => ask(queue, ({ path }, options) => path('/routing/queues/{queueId}', id).get(options)),
    getDistributionPolicy: (id) =>
      ask(distributionPolicy, ({ path }, options) =>
        path('/routing/distributionPolicies/{distributionPolicyId}', id).get(options),
      ),

    upsertDistributionPolicy: (id, patch) =>
      write(distributionPolicy, ({ path }, options) =>
        path('/routing/distributionPolicies/{distributionPolicyId}', id).patch({
          ...options,
          ...mergePatch(patch),
        }),
      ),
    upsertQueue: (id, patch) =>
      write(queue, ({ path }, options) =>
        path('/routing/queues/{queueId}', id).patch({ ...options, ...mergePatch(patch) }),
      ),
    upsertWorker: (id, patch) =>
      write(worker, ({ path }, options) =>
        path('/routing/workers/{workerId}', id).patch({ ...options, ...mergePatch(patch) }),
      ),
    upsertJob: (id, patch) =>
      write(job, ({ path }, options) =>
        path('/routing/jobs/{jobId}', id).patch({ ...options, ...mergePatch(patch) }),
      ),

    ping: () =>
      ask(aPage, ({ path }, options) =>
        path('/routing/distributionPolicies').get({ ...options, queryParameters: { maxpagesize: 1 } }),
      ),
  };
}
