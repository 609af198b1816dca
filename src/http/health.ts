import type { HttpResponseInit } from '@azure/functions';
import type { Automation } from '../automation/rules.ts';
import { messageOf } from '../input/messageOf.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import type { Endpoint } from './endpoint.ts';
import { problemResponse } from './problem.ts';
import { routerProblem } from './routerProblem.ts';

/** What is asked for its health. */
export interface HealthParts {
  readonly router: JobRouter;
  readonly automation: () => Promise<Automation>;
  /** What keeps newer rules from being in force. */
  readonly rulesProblem: () => { readonly since: Date; readonly problem: string } | undefined;
}

/**
 * Whether the app can do its work: its router answers, and to its credentials, and it knows its rules. Always 503 when
 * not, whoever has to mend it: whoever asks wants to know about this app. Rules that were read once and cannot be read
 * again degrade it, for they stay in force.
 */
async function checkHealth({ router, automation, rulesProblem }: HealthParts): Promise<HttpResponseInit> {
  const [answer, rules] = await Promise.all([router.ping(), countRules(automation)]);
  if (answer.kind !== 'ok') return problemResponse({ ...routerProblem(answer, 'itself'), status: 503 });
  if ('unknown' in rules) {
    const detail = `The rules of the app are not known: ${rules.unknown}`;
    return problemResponse({ name: 'misconfigured', status: 503, detail });
  }
  const trouble = rulesProblem();
  return {
    status: 200,
    jsonBody: {
      status: trouble === undefined ? 'healthy' : 'degraded',
      router: 'reachable',
      rules: rules.count,
      ...(trouble !== undefined && { rulesProblem: trouble }),
    },
  };
}

async function countRules(
  automation: HealthParts['automation'],
): Promise<{ readonly count: number } | { readonly unknown: string }> {
  try {
    return { count: (await automation()).rules.length };
  } catch (problem) {
    return { unknown: messageOf(problem) };
  }
}

/** `GET /api/health`. Open to everybody, as monitors have no key; it tells no secret. */
export const healthEndpoint: Endpoint = {
  name: 'health',
  method: 'GET',
  route: 'health',
  level: 'anonymous',
  roles: [],
  answer: (_request, { app }) => checkHealth(app),
};
