import * as z from 'zod';
import { type JsonRoutes, jsonSurface } from '../http/jsonSurface.ts';
import { createHttpServer } from '../http/server.ts';

const delivered = z.array(
  z.object({
    id: z.string(),
    eventType: z.string(),
    eventTime: z.iso.datetime(),
    subject: z.string(),
    data: z.looseObject({
      jobId: z.string().optional(),
      workerId: z.string().optional(),
      validationCode: z.string().optional(),
    }),
  }),
);

/** An event that Event Grid has delivered to the demo. */
export type Arrival = z.infer<typeof delivered>[number];

export interface ArrivalListener {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A webhook on a free loopback port, as any subscriber would have one: answers the handshake and hands every
 * event on. The demo knows of the router's doings only what arrives here.
 */
export async function listenForArrivals(onArrival: (arrival: Arrival) => void): Promise<ArrivalListener> {
  const webhook = ({ post }: JsonRoutes) =>
    post('/events', (request) => {
      const events = delivered.parse(request.body);
      const validationCode = events[0]?.data.validationCode;
      if (request.headers['aeg-event-type'] === 'SubscriptionValidation') {
        return { validationResponse: validationCode };
      }
      for (const event of events) onArrival(event);
      return {};
    });
  const surface = jsonSurface({ prefix: '', routes: [webhook] });
  const server = createHttpServer({ surfaces: [surface], elsewhere: surface });
  const origin = await server.listen({ host: '127.0.0.1', port: 0 });
  return { url: `${origin}/events`, close: server.close };
}
