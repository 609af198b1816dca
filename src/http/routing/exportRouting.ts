import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { stringify } from 'yaml';
import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import { exportFrom } from '../../routing/routing.ts';
import { preferredType } from '../accept.ts';
import type { Endpoint } from '../endpoint.ts';
import { type Problem, problemResponse } from '../problem.ts';
import { readQuery } from '../readQuery.ts';
import { endOfRequest, withinRequest } from '../requestTime.ts';
import { routerProblem } from '../routerProblem.ts';
import { flag } from './routingRequest.ts';

/** What is offered, the first to whoever does not mind. YAML's other names are from before RFC 9512. */
const types = [
  'application/json',
  'application/yaml',
  'application/x-yaml',
  'text/yaml',
  'text/x-yaml',
] as const;

/** What the query of an export may say. */
export const exportQuery = () => z.strictObject({ owner: z.string().min(1).optional(), jobs: flag() });

/** Writes the router down as a routing document that plans to no change; secrets as placeholders. */
async function getRouting(
  request: Pick<HttpRequest, 'headers' | 'query'>,
  { router, clock }: { readonly router: JobRouter; readonly clock: Pick<Clock, 'now'> },
): Promise<HttpResponseInit> {
  const asked = readQuery(request, exportQuery());
  if (asked.kind === 'problem') return problemResponse(asked.problem);
  const type = preferredType(request.headers.get('accept'), types);
  if (type === undefined) return problemResponse(notAcceptable);
  const { owner, jobs } = asked.value;
  const inTime = withinRequest(router, endOfRequest(clock.now()));
  const answer = await exportFrom(inTime, { ...(owner !== undefined && { owner }), withJobs: jobs });
  if (answer.kind === 'unread') return problemResponse(routerProblem(answer.answer, answer.subject));
  const { document } = answer.exported;
  const headers = { vary: 'Accept' };
  return type === 'application/json'
    ? { status: 200, headers, jsonBody: document }
    : { status: 200, headers: { ...headers, 'content-type': type }, body: stringify(document) };
}

const notAcceptable: Problem = {
  name: 'notAcceptable',
  status: 406,
  detail: 'A routing document is written as application/json or as application/yaml.',
};

/** `GET /api/routing`. */
export const exportRoutingEndpoint: Endpoint = {
  name: 'exportRouting',
  method: 'GET',
  route: 'routing',
  level: 'function',
  roles: ['Routing.Admin'],
  answer: (request, { app }) => getRouting(request, app),
};
