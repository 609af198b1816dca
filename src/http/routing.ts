import { isDeepStrictEqual } from 'node:util';
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Automation } from '../automation/rules.ts';
import { messageOf } from '../input/messageOf.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import { provision } from '../provisioning/provision.ts';
import { type RoutingDocument, routingDocument } from '../provisioning/routingDocument.ts';
import { problemResponse } from './problem.ts';
import { invalidBody, readBody } from './readBody.ts';
import { routerProblem } from './routerProblem.ts';

/** What applying a routing document needs. */
export interface ProvisioningParts {
  readonly router: JobRouter;
  /** What the app runs by. */
  readonly automation: () => Promise<Automation>;
}

/**
 * Makes the router hold what the document in the body declares, and answers with what that took. A failure on
 * the way answers with what was done before it, under `done`, and what was not begun, under `notDone`.
 */
export async function putRouting(
  request: Pick<HttpRequest, 'body'>,
  { router, automation }: ProvisioningParts,
): Promise<HttpResponseInit> {
  const body = await readBody(request, routingDocument);
  if (body.kind === 'problem') return problemResponse(body.problem);

  const result = await provision(router, body.value);
  switch (result.kind) {
    case 'invalid':
      return problemResponse(invalidBody(result.problems));
    case 'unread':
      return problemResponse(routerProblem(result.failure.answer, result.failure.step));
    case 'stopped': {
      const [{ step, answer }] = result.failures;
      const failed = result.failures.map((failure) => ({
        step: failure.step,
        detail: routerProblem(failure.answer, failure.step).detail,
      }));
      const also = { failed, done: result.done, notDone: result.notDone };
      return problemResponse({ ...routerProblem(answer, step), also });
    }
    case 'applied':
      return {
        status: 200,
        jsonBody: { ...result.done, automation: await rulesAnswer(body.value, automation) },
      };
  }
}

/** Whether the rules of the document are the ones the app runs by; applying a document does not change those. */
async function rulesAnswer(
  { automation }: RoutingDocument,
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
