import type { HttpRequest } from '@azure/functions';
import type * as z from 'zod';
import { expectationsOf } from '../input/expectations.ts';
import { shown } from '../input/inputProblems.ts';
import type { RequestProblem } from './problem.ts';
import type { Read } from './readBody.ts';

/** Parameters that the host reads for itself: a function key and the name of that key. */
const OF_THE_HOST = new Set(['code', 'clientId']);

/**
 * The query as `schema` reads it. Give it a strict schema: a parameter that is misspelt, as `dryrun`, must not be taken for
 * one that is absent. A parameter that is given twice is refused, for it says two things.
 */
export function readQuery<Value>(request: Pick<HttpRequest, 'query'>, schema: z.ZodType<Value>): Read<Value> {
  const given = [...request.query].filter(([name]) => !OF_THE_HOST.has(name));
  const query = new Map(given);
  const twice = [...query.keys()].filter((name) => given.filter(([other]) => other === name).length > 1);
  const read = schema.safeParse(Object.fromEntries(query));
  if (read.success && twice.length === 0) return { kind: 'read', value: read.data };
  const expectations = read.success ? [] : expectationsOf(read.error);
  return invalidQuery([
    ...expectations.map(({ path, expected }) => {
      const parameter = String(path[0] ?? '');
      const value = query.get(parameter);
      return { parameter, detail: `${expected}; found ${value === undefined ? 'none' : shown(value)}` };
    }),
    ...twice.map((parameter) => ({ parameter, detail: 'expected once; found more than once' })),
  ]);
}

const invalidQuery = (errors: readonly RequestProblem[]) =>
  ({
    kind: 'problem',
    problem: {
      name: 'invalidQuery',
      status: 400,
      detail:
        errors.length === 1 ? 'One parameter is wrong.' : `${errors.length} things in the query are wrong.`,
      errors,
    },
  }) as const;
