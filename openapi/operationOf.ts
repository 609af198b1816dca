import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi';
import type { Endpoint } from '../src/http/endpoint.ts';
import type { ProblemName } from '../src/http/problem.ts';
import type { OneStatus, Operation } from './operation.ts';
import { problemAnswers } from './problems.ts';
import { accessOf, securityOf } from './security.ts';

/** An endpoint with what is said about it, and with what follows from that. */
export function operationOf(endpoint: Endpoint, operation: Operation): ZodOpenApiOperationObject {
  const { tag, summary, description, path, query, header, body, answers } = operation;
  const params = { ...(path && { path }), ...(query && { query }), ...(header && { header }) };
  return {
    operationId: endpoint.name,
    tags: [tag],
    summary,
    description: [description, accessOf(endpoint)].filter((words) => words !== undefined).join('\n\n'),
    security: securityOf(endpoint),
    ...(Object.keys(params).length > 0 && { requestParams: params }),
    ...(body && { requestBody: body }),
    responses: { ...answers, ...withHostsAnswer(endpoint, problemAnswers(problemsOf(endpoint, operation))) },
  };
}

/** What an operation may be wrong with, by what it does, beside what it names itself. */
function problemsOf(
  { method, roles }: Endpoint,
  { query, header, body, asks, problems = [] }: Operation,
): (ProblemName | OneStatus)[] {
  return [
    ...(body ? (['notJson', 'bodyTooLarge', 'encodedBody', 'invalidBody'] as const) : []),
    ...(query ? (['invalidQuery'] as const) : []),
    ...(header ? (['invalidHeader'] as const) : []),
    ...(asks === 'router'
      ? ([...refusalsOf(method), 'routerRejectsCredentials', 'routerUnavailable'] as const)
      : []),
    ...(asks === 'storage' ? (['storageUnavailable'] as const) : []),
    ...(roles.length > 0 ? (['notSignedIn', 'notAllowed'] as const) : []),
    ...problems,
    'misconfigured',
    'internal',
  ];
}

/** Whoever only asks gets into nobody's way. */
const refusalsOf = (method: Endpoint['method']): (ProblemName | OneStatus)[] =>
  method === 'GET'
    ? [
        ['routerRefused', 400],
        ['routerRefused', 404],
      ]
    : ['routerRefused'];

/** Azure itself turns away who has no key, without a word. */
function withHostsAnswer(
  { level }: Endpoint,
  answers: Record<string, ZodOpenApiResponseObject>,
): Record<string, ZodOpenApiResponseObject> {
  if (level === 'anonymous') return answers;
  const { description, ...answer } = answers['401'] ?? { description: '' };
  const words = ['The key is missing or wrong; the answer is empty then.', description];
  return { ...answers, 401: { description: words.filter((word) => word !== '').join('  \n'), ...answer } };
}
