import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Automation } from '../../automation/rules.ts';
import type { Clock } from '../../clock.ts';
import type { RouterAnswer } from '../../jobRouter/answer.ts';
import { idFrom } from '../../jobRouter/ids.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import type { Job, JobPosition } from '../../jobRouter/wire.ts';
import type { Endpoint } from '../endpoint.ts';
import { etagHeader } from '../etagHeader.ts';
import { problemResponse } from '../problem.ts';
import { historyOf } from './jobHistory.ts';
import { jobIdIn, jobProblem } from './jobProblem.ts';
import { ruleOf } from './ruleOfJob.ts';

/** What showing a job needs. */
export interface ShowingParts {
  readonly router: JobRouter;
  readonly automation: () => Promise<Automation>;
  readonly clock: Pick<Clock, 'now'>;
}

/** The job as the router holds it, where it stands, which rule is about it, and what has become of it. */
async function readJob(
  { params }: Pick<HttpRequest, 'params'>,
  parts: ShowingParts,
): Promise<HttpResponseInit> {
  const id = jobIdIn(params);
  if (id.kind === 'problem') return problemResponse(id.problem);
  const job = await parts.router.getJob(id.value);
  if (job.kind !== 'ok') return problemResponse(jobProblem(job, id.value));

  const now = job.answeredAt ?? parts.clock.now();
  const [position, rule] = await Promise.all([
    positionOf(job.value, parts.router),
    ruleOf(job.value, now, parts),
  ]);
  if (position.kind === 'unavailable') return problemResponse(jobProblem(position, id.value));

  const known = rule.kind === 'known' ? (rule.rule ?? null) : undefined;
  return {
    status: 200,
    headers: etagHeader(job.value),
    jsonBody: {
      ...job.value,
      ...(position.kind === 'ok' && position.value !== undefined && { position: placeIn(position.value) }),
      ...(rule.kind === 'known'
        ? { rule: rule.rule === undefined ? null : { name: rule.rule.name } }
        : { ruleUnknown: rule.why }),
      automation: historyOf(job.value, known),
    },
  };
}

/** Undefined for a job that waits in no queue. It may have been taken since it was read, and then has no position either. */
async function positionOf(
  { id, status }: Job,
  router: JobRouter,
): Promise<RouterAnswer<JobPosition | undefined>> {
  if (status !== 'queued') return { kind: 'ok', status: 200, value: undefined };
  return router.getJobPosition(idFrom(id));
}

/** The rest of it stands in the job. */
const placeIn = ({ jobId: _, queueId: __, ...place }: JobPosition) => place;

/** `GET /api/jobs/{jobId}`. */
export const getJobEndpoint: Endpoint = {
  name: 'getJob',
  method: 'GET',
  route: 'jobs/{jobId}',
  level: 'function',
  roles: ['Jobs.Read', 'Jobs.Submit'],
  answer: (request, { app }) => readJob(request, app),
};
