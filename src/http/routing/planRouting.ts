import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import type { Environment } from '../../input/placeholders.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import type { DocumentRead } from '../../routing/document/readRoutingDocument.ts';
import { type DocumentOptions, planDocument } from '../../routing/routing.ts';
import type { Endpoint } from '../endpoint.ts';
import { problemResponse } from '../problem.ts';
import { readQuery } from '../readQuery.ts';
import { endOfRequest, withinRequest } from '../requestTime.ts';
import { flag, planningRefusal, readRoutingBody } from './routingRequest.ts';

/** What planning a routing document needs. */
export interface PlanningParts {
  readonly router: JobRouter;
  readonly routerHost: string;
  /** What placeholders of the document may be filled in from. */
  readonly routingEnvironment: Environment;
  readonly clock: Pick<Clock, 'now'>;
}

/** What the query of a plan may say. */
export const planningQuery = () => z.strictObject({ prune: flag() });

/** Says what applying the document in the body would do, and does nothing. */
async function postPlan(
  request: Pick<HttpRequest, 'body' | 'headers' | 'query'>,
  { router, routerHost, routingEnvironment, clock }: PlanningParts,
): Promise<HttpResponseInit> {
  const asked = readQuery(request, planningQuery());
  if (asked.kind === 'problem') return problemResponse(asked.problem);
  const body = await readRoutingBody(request, routingEnvironment);
  if (body.kind === 'problem') return problemResponse(body.problem);
  const inTime = withinRequest(router, endOfRequest(clock.now()));
  return planAnswer(inTime, body.value.read, { router: routerHost, prunes: asked.value.prune });
}

/** The plan of a document as an answer: it fits docs/schemas/plan.schema.json. */
export async function planAnswer(
  router: JobRouter,
  read: DocumentRead,
  options: DocumentOptions,
): Promise<HttpResponseInit> {
  const planning = await planDocument(router, read, options);
  return planning.kind === 'planned'
    ? { status: 200, jsonBody: { ...planning.planned.plan, warnings: planning.warnings } }
    : planningRefusal(planning);
}

/** `POST /api/routing/plan`. */
export const planRoutingEndpoint: Endpoint = {
  name: 'planRouting',
  method: 'POST',
  route: 'routing/plan',
  level: 'function',
  roles: ['Routing.Admin'],
  answer: (request, { app }) => postPlan(request, app),
};
