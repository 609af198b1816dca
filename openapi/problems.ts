/** Refusals, by status: each operation says which it may answer with, by name. */
import * as z from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { type ProblemName, problemBody } from '../src/http/problem.ts';
import type { OneStatus } from './operation.ts';

/** With which statuses each problem comes. */
export const problemStatuses: Readonly<Record<ProblemName, readonly number[]>> = {
  notSignedIn: [401],
  notAllowed: [403],
  notJson: [400],
  bodyTooLarge: [413],
  encodedBody: [415],
  invalidBody: [400],
  invalidQuery: [400],
  invalidHeader: [400],
  tooManyItems: [413],
  duplicateId: [409],
  idempotencyKeyReused: [422],
  unknownReference: [400],
  changedMeanwhile: [412],
  wrongStatus: [409],
  outOfTime: [503],
  contended: [503],
  assignmentNotFound: [404],
  workerNotFound: [404],
  offerNotFound: [404],
  queueNotFound: [404],
  jobNotFound: [404],
  assetNotFound: [404],
  jobExists: [409],
  operationNotFound: [404],
  tooManyOperations: [429],
  notAcceptable: [406],
  routerRefused: [400, 404, 409, 412],
  routerRejectsCredentials: [502],
  routerUnavailable: [503],
  storageUnavailable: [503],
  misconfigured: [503],
  internal: [500],
};

const text = z.string().optional();

/** One thing that is wrong with a request, or looks wrong: where, and what was expected. */
export const finding = z
  .object({
    pointer: text.describe('JSON pointer (RFC 6901) into the body; empty for all of it.'),
    parameter: text.describe('A parameter of the query.'),
    header: text.describe('A header.'),
    detail: z.string().describe('What was expected, and what is there.'),
    path: text.describe('Of a routing document: the place, as people read it.'),
    expected: text.describe('Of a routing document.'),
    value: text.describe('Of a routing document: what is there, cut short, and no secret.'),
    line: z.int().optional().describe('Of a routing document, from 1.'),
    column: z.int().optional(),
  })
  .meta({ id: 'Finding' });

/** A refusal as RFC 9457 has it. */
export const problem = z
  .looseObject({
    type: z.string().describe('Names the problem. Compare this, and show `detail`.'),
    title: z.string().describe('The same for every problem of this type.'),
    status: z.int(),
    detail: z.string().describe('What happened this time, and what to do about it.'),
    errors: z.array(finding).optional().describe('Everything that is wrong with the request, at once.'),
  })
  .meta({
    id: 'Problem',
    description:
      'A refusal (RFC 9457). Members beyond these depend on the type; docs/failures.md tells each.',
  });

/** The type and the title of a problem, as the app itself writes them. */
const wordsOf = (name: ProblemName) => problemBody({ name, status: 400, detail: '' });

/** When to come again. */
export const retryAfter = z.object({
  'Retry-After': z.int().min(0).optional().describe('Seconds to wait before the same request may pass.'),
});

/** The answers that stand for these problems. */
export function problemAnswers(
  problems: readonly (ProblemName | OneStatus)[],
): Record<`${4 | 5}${string}`, ZodOpenApiResponseObject> {
  const pairs = problems.flatMap((problem) =>
    typeof problem === 'string'
      ? problemStatuses[problem].map((status) => [problem, status] as const)
      : [problem],
  );
  const byStatus = Map.groupBy(pairs, ([, status]) => status);
  const answers = [...byStatus].map(([status, some]) => [
    String(status),
    problemAnswer(status, [...new Set(some.map(([name]) => name))]),
  ]);
  return Object.fromEntries(answers);
}

function problemAnswer(status: number, names: readonly ProblemName[]): ZodOpenApiResponseObject {
  const types = names.map((name) => wordsOf(name).type);
  return {
    description: names.map((name) => `\`${name}\`: ${wordsOf(name).title}.`).join('  \n'),
    ...(status === 503 && { headers: retryAfter }),
    content: {
      'application/problem+json': {
        schema: z.intersection(problem, z.looseObject({ type: z.enum(types), status: z.literal(status) })),
      },
    },
  };
}
