import { createHash } from 'node:crypto';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import type { Automation } from '../../automation/rules.ts';
import { applyPlan } from '../../routing/apply/applyPlan.ts';
import type { Planned } from '../../routing/model.ts';
import { planToApply } from '../../routing/routing.ts';
import type { Endpoint } from '../endpoint.ts';
import { type Problem, problemResponse } from '../problem.ts';
import { readQuery } from '../readQuery.ts';
import { endOfRequest, withinRequest } from '../requestTime.ts';
import type { Operations, OperationView } from './operations.ts';
import { type PlanningParts, planAnswer } from './planRouting.ts';
import { type EndingParts, endingOf } from './provisioned.ts';
import { flag, planningRefusal, readRoutingBody } from './routingRequest.ts';

/** What applying a routing document needs. */
export interface ProvisioningParts extends PlanningParts {
  /** What the app runs by. */
  readonly automation: () => Promise<Automation>;
  readonly operations: Operations;
}

/** Nobody waits for what goes on after the answer; it must end nevertheless. */
const LONGEST_OPERATION_MILLISECONDS = 30 * 60_000;

/** What the query of an application may say. */
export const provisioningQuery = () => z.strictObject({ dryRun: flag(), prune: flag() });

/**
 * Makes the router hold what the document in the body, JSON or YAML, declares, and answers with what that took. A failure on
 * the way answers with what was done before it, under `done`, and what was not begun, under `notDone`. What takes long is
 * answered 202 as soon as it is planned, and so is whatever is asked for with `Prefer: respond-async`.
 */
async function putRouting(
  request: Pick<HttpRequest, 'body' | 'headers' | 'query' | 'url'>,
  parts: ProvisioningParts,
): Promise<HttpResponseInit> {
  const { router, routerHost, routingEnvironment, clock, automation, operations } = parts;
  const asked = readQuery(request, provisioningQuery());
  if (asked.kind === 'problem') return problemResponse(asked.problem);
  const { dryRun, prune: prunes } = asked.value;
  const body = await readRoutingBody(request, routingEnvironment);
  if (body.kind === 'problem') return problemResponse(body.problem);
  const { read, text } = body.value;

  const now = clock.now();
  const inTime = withinRequest(router, endOfRequest(now));
  const options = { router: routerHost, prunes };
  if (dryRun) return planAnswer(inTime, read, options);
  const planning = await planToApply(inTime, read, options);
  if (planning.kind !== 'planned') return planningRefusal(planning);

  const { planned, warnings } = planning;
  const declared = read.kind === 'read' ? read.document.automation : undefined;
  const ending: EndingParts = { warnings, declared, inForce: automation };
  if (!operations.isLong(planned.plan.calls) && !prefersNotToWait(request)) {
    const ended = await endingOf(await applyPlan(planned, { router: inTime }), ending);
    return ended.kind === 'applied'
      ? { status: 200, jsonBody: ended.answer }
      : problemResponse(ended.problem);
  }
  const begun = operations.begin({
    likeness: createHash('sha256').update(`${prunes} ${text}`).digest('base64'),
    total: planned.tasks.flat().length,
    run: async (onDone) =>
      endingOf(
        await applyPlan(planned, {
          router: router.inLane('bulk').until(new Date(now.getTime() + LONGEST_OPERATION_MILLISECONDS)),
          onProgress: (progress) => progress.kind === 'change' && onDone(progress.done),
        }),
        ending,
      ),
  });
  return begun === undefined ? problemResponse(tooMany) : accepted(begun, request.url, planned);
}

/** RFC 7240. */
const prefersNotToWait = ({ headers }: Pick<HttpRequest, 'headers'>): boolean =>
  /(?:^|,)\s*respond-async\s*(?:[;,]|$)/i.test(headers.get('prefer') ?? '');

const tooMany: Problem = {
  name: 'tooManyOperations',
  status: 429,
  detail: 'Several documents are being applied already. Wait for one of them to be over.',
  retryAfterSeconds: 10,
};

function accepted(operation: OperationView, url: string, { plan }: Planned): HttpResponseInit {
  const location = `${new URL(url).pathname.replace(/\/$/, '')}/operations/${encodeURIComponent(operation.id)}`;
  const retryAfter = plan.calls > 1_000 ? '10' : '2';
  return { status: 202, headers: { location, 'retry-after': retryAfter }, jsonBody: operation };
}

/** `PUT /api/routing`. */
export const provisionRoutingEndpoint: Endpoint = {
  name: 'provisionRouting',
  method: 'PUT',
  route: 'routing',
  level: 'function',
  roles: ['Routing.Admin'],
  answer: (request, { app }) => putRouting(request, app),
};
