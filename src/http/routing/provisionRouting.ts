import { isDeepStrictEqual } from 'node:util';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Automation } from '../../automation/rules.ts';
import type { Clock } from '../../clock.ts';
import { messageOf } from '../../input/messageOf.ts';
import type { Environment } from '../../input/placeholders.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import { readRoutingDocument } from '../../routing/document/readRoutingDocument.ts';
import { type ChangeFailure, nameOf } from '../../routing/model.ts';
import { applyDocument } from '../../routing/routing.ts';
import type { Endpoint } from '../endpoint.ts';
import { problemResponse } from '../problem.ts';
import { invalidBody, readTextBody } from '../readBody.ts';
import { routerProblem } from '../routerProblem.ts';

/** What applying a routing document needs. */
export interface ProvisioningParts {
  readonly router: JobRouter;
  readonly routerHost: string;
  /** What placeholders of the document may be filled in from. */
  readonly routingEnvironment: Environment;
  readonly clock: Pick<Clock, 'now'>;
  /** What the app runs by. */
  readonly automation: () => Promise<Automation>;
}

/** A caller over HTTP is cut off after 230 s (documented); all that is applied for it is over by then. */
const LONGEST_MILLISECONDS = 200_000;

/**
 * Makes the router hold what the document in the body, JSON or YAML, declares, and answers with what that took. A failure on
 * the way answers with what was done before it, under `done`, and what was not begun, under `notDone`.
 */
export async function putRouting(
  request: Pick<HttpRequest, 'body'>,
  { router, routerHost, routingEnvironment, clock, automation }: ProvisioningParts,
): Promise<HttpResponseInit> {
  const body = await readTextBody(request);
  if (body.kind === 'problem') return problemResponse(body.problem);
  const read = readRoutingDocument(body.value, { environment: routingEnvironment });

  const end = new Date(clock.now().getTime() + LONGEST_MILLISECONDS);
  const result = await applyDocument(router.until(end), read, { router: routerHost });
  switch (result.kind) {
    case 'invalid':
      return problemResponse(invalidBody(result.problems));
    case 'unread':
      return problemResponse(routerProblem(result.answer, result.subject));
    case 'stopped': {
      const [first] = result.failures;
      const failed = result.failures.map((failure) => ({
        step: nameOf(failure),
        detail: problemOf(failure).detail,
      }));
      const also = { failed, done: result.done, notDone: result.notDone };
      return problemResponse({ ...problemOf(first), also });
    }
    case 'applied': {
      const { created, updated, unchanged, notes } = result.done;
      const declared = read.kind === 'read' ? read.document.automation : undefined;
      const inForce = await rulesAnswer(declared, automation);
      return { status: 200, jsonBody: { created, updated, unchanged, notes, automation: inForce } };
    }
  }
}

const problemOf = (failure: ChangeFailure) => routerProblem(failure.answer, nameOf(failure));

/** Whether the rules of the document are the ones the app runs by; applying a document does not change those. */
async function rulesAnswer(
  automation: Automation | undefined,
  inForce: ProvisioningParts['automation'],
): Promise<{ inForce: boolean; note?: string }> {
  if (automation === undefined) {
    return { inForce: true, note: 'The document has no rules; those the app runs by stay in force.' };
  }
  try {
    if (isDeepStrictEqual(automation, await inForce())) return { inForce: true };
  } catch (problem) {
    return { inForce: false, note: `The app does not know the rules it runs by: ${messageOf(problem)}` };
  }
  return {
    inForce: false,
    note: 'The rules of this document differ from the ones the app runs by. Those come from the setting AUTOMATION_RULES and change with it.',
  };
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
