import type { HttpResponseInit } from '@azure/functions';
import type { AutomationRule } from '../automation/rules.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import { problemResponse } from './problem.ts';
import { routerProblem } from './routerProblem.ts';

/** What is asked for its health. */
export interface HealthParts {
  readonly router: JobRouter;
  readonly rules: readonly AutomationRule[];
}

/**
 * Whether the app can do its work: its router answers, and to its credentials. Always 503 when not, whoever
 * has to mend it: whoever asks wants to know about this app.
 */
export async function checkHealth({ router, rules }: HealthParts): Promise<HttpResponseInit> {
  const answer = await router.ping();
  if (answer.kind === 'ok') {
    return { status: 200, jsonBody: { status: 'healthy', router: 'reachable', rules: rules.length } };
  }
  return problemResponse({ ...routerProblem(answer, 'itself'), status: 503 });
}
