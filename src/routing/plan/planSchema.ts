/** How a plan reads that was kept as a file, and what is published of its shape. */
import * as z from 'zod';
import { expectationsOf } from '../../input/expectations.ts';
import { resourceKinds } from '../../jobRouter/resources.ts';
import { type DocumentProblem, documentProblem, type Written } from '../document/problem.ts';
import { PLAN_FORMAT, type Plan } from '../model.ts';

const kind = z.enum(resourceKinds);
const id = z.string().min(1);

const resourceName = z
  .templateLiteral([kind, '/', z.string().min(1)])
  .describe('A kind and an id: `queues/queue-1`.');

const fieldChange = z.strictObject({
  path: z.array(z.union([z.string(), z.int()])).describe('From the resource to the member.'),
  before: z
    .unknown()
    .exactOptional()
    .describe('Absent: there is nothing now. Secrets are shown as `(secret)`.'),
  after: z.unknown().exactOptional().describe('Absent: there will be nothing.'),
});

const change = z.strictObject({
  kind,
  id,
  action: z.enum(['create', 'update', 'adopt', 'delete']),
  fields: z.array(fieldChange).describe('Of a creation: what is declared. Of a deletion: nothing.'),
  isPartial: z
    .literal(true)
    .exactOptional()
    .describe('A member that closes a circle follows in a later level.'),
});

const refusal = z.strictObject({
  kind,
  id,
  action: z.literal('delete'),
  status: z.int(),
  reasons: z.array(
    z.strictObject({
      code: z.string(),
      message: z.string().describe('The text of the service.'),
      because: z.array(resourceName).describe('Who stands in the way, the first ten.'),
    }),
  ),
});

const consequence = z.strictObject({
  kind: z.literal('jobLosesWorkers'),
  jobId: id,
  queueId: id.describe('Where the job would wait then.'),
  workerIds: z.array(id).describe('Every worker who could serve the job now.'),
  detail: z.string(),
});

/** The schema of a plan. */
export const planSchema = z
  .strictObject({
    format: z
      .literal(PLAN_FORMAT)
      .describe('Changes when a reader of the old shape would misread the new one.'),
    router: z.string().describe('The host of the router it was made for.'),
    owner: z.string().describe('The document that owns what is created and deleted.'),
    levels: z
      .array(z.array(change))
      .describe('Changes of a level do not depend on each other; each level depends on those before it.'),
    unchanged: z.array(resourceName).describe('What is declared and is so already.'),
    untouched: z.int().describe('Policies, queues and workers that the plan has nothing to do with.'),
    refusals: z.array(refusal).describe('Deletions that the service would refuse. They are not attempted.'),
    consequences: z
      .array(consequence)
      .describe('Jobs that wait and would lose every worker who could serve them.'),
    notices: z.array(z.strictObject({ kind, id, detail: z.string() })),
    warnings: z
      .array(z.looseObject({ pointer: z.string(), detail: z.string() }))
      .exactOptional()
      .describe(
        'Over HTTP only: what looks wrong about the document, and does not keep it from being applied.',
      ),
    calls: z.int().describe('Requests that carrying it out takes, where none has to be repeated.'),
    etags: z.record(z.string(), z.string()).describe('By name: the ETags that the plan rests on.'),
    document: z
      .string()
      .exactOptional()
      .describe('Of a plan that was kept: where its document is, from the folder of the plan.'),
  })
  .meta({
    title: 'A plan of routing',
    description: 'What would be done to a Job Router, in the order of doing it.',
  });

/** The schema in the words of JSON Schema, draft 2020-12. */
export const planJsonSchema = (): object => z.toJSONSchema(planSchema, { io: 'input' });

/** A plan that was kept, or all that is wrong with it. */
export function readPlan(
  value: unknown,
): { readonly plan: Plan } | { readonly problems: readonly DocumentProblem[] } {
  const read = planSchema.safeParse(value);
  if (read.success) return { plan: read.data };
  const written: Written = { value, placeOf: () => undefined };
  return { problems: expectationsOf(read.error).map((finding) => documentProblem(finding, written)) };
}
