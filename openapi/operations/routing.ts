import * as z from 'zod';
import { routingDocument } from '../../src/routing/document/routingDocument.ts';
import { json, type Operation } from '../operation.ts';

const names = z.array(z.string());

/** Of the routing document. */
export const routingOperations: Readonly<Record<string, Operation>> = {
  provisionRouting: {
    tag: 'Routing',
    summary: 'Make the router hold what a routing document declares',
    body: { required: true, content: { 'application/json': { schema: routingDocument } } },
    answers: {
      200: json(
        'It does.',
        z.object({
          created: names,
          updated: names,
          unchanged: names,
          notes: z.record(z.string(), z.unknown()),
          automation: z.object({ inForce: z.boolean(), note: z.string().optional() }),
        }),
      ),
    },
    asks: 'router',
  },
};
