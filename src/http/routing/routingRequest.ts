import type { HttpRequest } from '@azure/functions';
import * as z from 'zod';
import type { Environment } from '../../input/placeholders.ts';
import { type DocumentRead, readRoutingDocument } from '../../routing/document/readRoutingDocument.ts';
import type { Planning } from '../../routing/routing.ts';
import { type Problem, problemResponse } from '../problem.ts';
import { emptyBody, invalidBody, type Read, readTextBody } from '../readBody.ts';
import { routerProblem } from '../routerProblem.ts';

/** A document that came with a request. */
export interface RoutingBody {
  /** As it came, for whoever compares requests. */
  readonly text: string;
  readonly read: DocumentRead;
}

/** The document in the body, JSON or YAML. What is wrong inside of it is told later, together with what is wrong beside the router. */
export async function readRoutingBody(
  request: Pick<HttpRequest, 'body' | 'headers'>,
  environment: Environment,
): Promise<Read<RoutingBody>> {
  const body = await readTextBody(request);
  if (body.kind === 'problem') return body;
  if (body.value.trim() === '') return emptyBody;
  return {
    kind: 'read',
    value: { text: body.value, read: readRoutingDocument(body.value, { environment }) },
  };
}

/** A parameter that is `true` or `false`, and false where it is left out. */
export const flag = () =>
  z
    .enum(['true', 'false'], { error: 'expected true or false' })
    .default('false')
    .transform((text) => text === 'true');

/** Why there is no plan. */
export const planningProblem = (planning: Exclude<Planning, { kind: 'planned' }>): Problem =>
  planning.kind === 'invalid'
    ? invalidBody(planning.problems)
    : routerProblem(planning.answer, planning.subject);

/** The same as an answer. */
export const planningRefusal = (planning: Exclude<Planning, { kind: 'planned' }>) =>
  problemResponse(planningProblem(planning));
