import * as z from 'zod';
import { resourceId } from '../../jobRouter/wire.ts';
import { answerPage, pageParameters } from '../answerPage.ts';
import type { Endpoint } from '../endpoint.ts';

/** Which workers are listed. All filters that are given must hold. */
export const workerQuery = z.lazy(() =>
  z.strictObject({
    ...pageParameters,
    state: z.enum(['all', 'active', 'draining', 'inactive']).exactOptional().describe('Default: "all".'),
    queueId: resourceId.exactOptional(),
    channelId: z.string().min(1).exactOptional(),
    hasCapacity: z
      .enum(['true', 'false'])
      .exactOptional()
      .describe('"true" leaves out who has no room for another job, of the channel if one is named.'),
  }),
);

/** `GET /api/workers`: the workers that the router holds, newest first. */
export const listWorkersEndpoint: Endpoint = {
  name: 'listWorkers',
  method: 'GET',
  route: 'workers',
  level: 'function',
  roles: ['Jobs.Read'],
  answer: (request, { app }) =>
    answerPage('workers', request, workerQuery, ({ hasCapacity, ...filters }, next) =>
      app.router.listWorkers(
        { ...filters, ...(hasCapacity !== undefined && { hasCapacity: hasCapacity === 'true' }) },
        next,
      ),
    ),
};
