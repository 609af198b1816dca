import * as z from 'zod';
import { planSchema } from '../../src/routing/plan/planSchema.ts';
import { finding, problem } from '../problems.ts';

const { unchanged: names, refusals } = planSchema.shape;

/** What would be done, and what follows. */
export const plan = planSchema.meta({ id: 'Plan' });

/** What was done. */
export const provisioned = z
  .object({
    created: names.describe('What was not there.'),
    updated: names.describe('What was otherwise.'),
    adopted: names.describe('What was there as declared, and belongs to the document now.'),
    deleted: names.describe('What the document owns and no longer declares. Only with `prune`.'),
    unchanged: names,
    notes: z.record(z.string(), z.string()).describe('What there is to say about one of them, by its name.'),
    refused: refusals,
    warnings: z
      .array(finding)
      .describe('What looks wrong about the document, and kept nobody from applying it.'),
    automation: z.object({
      inForce: z.boolean().describe('Whether the rules of the document are those the app runs by.'),
      note: z.string().optional(),
    }),
  })
  .meta({ id: 'Provisioned' });

/** How far an application is that takes longer than anybody should wait. */
export const routingOperation = z
  .object({
    id: z.string(),
    status: z.enum(['running', 'succeeded', 'failed']),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().optional(),
    done: z.int().describe('Changes that are over.'),
    total: z.int(),
    result: provisioned.optional().describe('Once it has succeeded.'),
    problem: problem
      .optional()
      .describe('Once it has failed. Sending the document again goes on from there.'),
  })
  .meta({ id: 'RoutingOperation' });
