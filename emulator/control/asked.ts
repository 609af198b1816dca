/** What a control is asked, read by its schema. */
import type * as z from 'zod';
import { faultsIn } from '../http/faultsIn.ts';
import { RequestProblem } from '../http/problem.ts';

/** What `schema` makes of a body or a path, or the problem that lists all that is wrong with it. */
export function asked<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new RequestProblem(400, 'InvalidRequest', faultsIn(parsed.error));
}
