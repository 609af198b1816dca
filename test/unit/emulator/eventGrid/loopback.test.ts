import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../../emulator/clock/systemClock.ts';
import { createEventGrid, type EventGrid } from '../../../../emulator/eventGrid/createEventGrid.ts';
import { controlRoutes } from '../../../../emulator/eventGrid/http/controlRoutes.ts';
import { createHttpSender } from '../../../../emulator/eventGrid/sender.ts';
import type { HttpServer } from '../../../../emulator/http/server.ts';
import { controlServer } from '../../../support/controlServer.ts';
import { FACTS } from '../../../support/routerFacts.ts';

const opened: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const thing of opened.splice(0).toReversed()) await thing.close();
});

const listen = (app: FastifyInstance | HttpServer) => {
  opened.push(app);
  return app.listen({ host: '127.0.0.1', port: 0 });
};

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** A real webhook that shakes hands in both ways and keeps what it receives. */
async function webhook(): Promise<{ readonly url: string; readonly received: Received[] }> {
  const received: Received[] = [];
  const app = fastify();
  app.addContentTypeParser(/^application\/cloudevents\+json/, { parseAs: 'string' }, (_, body, done) =>
    done(null, JSON.parse(String(body))),
  );
  app.options('/hook', (request, reply) => {
    reply.header('WebHook-Allowed-Origin', request.headers['webhook-request-origin'] ?? '');
    return reply.send();
  });
  app.post<{ Body: { data: { validationCode: string } }[] }>('/hook', (request, reply) => {
    if (request.headers['aeg-event-type'] === 'SubscriptionValidation') {
      return { validationResponse: request.body[0]?.data.validationCode };
    }
    received.push({ headers: request.headers, body: request.body });
    return reply.status(202).send();
  });
  return { url: `${await listen(app)}/hook`, received };
}

async function eventGridOverHttp(): Promise<{ readonly eventGrid: EventGrid; readonly url: string }> {
  let url = '';
  const eventGrid = createEventGrid({
    clock: createSystemClock(),
    newId: randomUUID,
    random: () => 0,
    publicUrl: () => url,
  });
  opened.push(eventGrid);
  url = await listen(controlServer(controlRoutes(eventGrid)));
  return { eventGrid, url };
}

describe('Event Grid over real connections', () => {
  it('shakes hands and delivers in both schemas', async () => {
    const { url, received } = await webhook();
    const { eventGrid } = await eventGridOverHttp();
    await eventGrid.subscribe({ name: 'grid', endpoint: url });
    await eventGrid.subscribe({ name: 'cloud', endpoint: url, schema: 'CloudEventSchemaV1_0' });
    eventGrid.publish(FACTS.WorkerOfferIssued);
    await eventGrid.idle();

    expect(eventGrid.deliveries().map(({ result }) => result)).toEqual(['delivered', 'delivered']);
    const byName = Object.fromEntries(
      received.map((delivery) => [delivery.headers['aeg-subscription-name'], delivery]),
    );
    expect(byName.GRID?.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'aeg-event-type': 'Notification',
      'aeg-delivery-count': '0',
    });
    expect(byName.GRID?.body).toMatchObject([
      { eventType: 'Microsoft.Communication.RouterWorkerOfferIssued' },
    ]);
    expect(byName.CLOUD?.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(byName.CLOUD?.body).toMatchObject({ specversion: '1.0', subject: 'worker/worker-1/job/job-1' });
  });

  it('lets an endpoint in whose owner opens the validation URL', async () => {
    const silent = fastify();
    silent.post('/hook', (_, reply) => reply.send());
    const endpoint = `${await listen(silent)}/hook`;
    const { eventGrid } = await eventGridOverHttp();
    const result = await eventGrid.subscribe({ name: 'by-hand', endpoint });
    if (result.kind !== 'awaitingManualAction') throw new Error(`The subscription is ${result.kind}`);
    expect((await fetch(result.validationUrl)).status).toBe(200);
    expect(eventGrid.subscriptions()).toMatchObject([{ provisioningState: 'Succeeded' }]);
  });

  it('names a port on which nobody listens', async () => {
    const gone = fastify();
    const endpoint = await gone.listen({ host: '127.0.0.1', port: 0 });
    await gone.close();
    const { eventGrid } = await eventGridOverHttp();
    await expect(eventGrid.subscribe({ name: 'nobody', endpoint })).rejects.toThrow('ECONNREFUSED');
  });
});

describe('the HTTP sender', () => {
  /** Takes requests and never answers. */
  async function mute(): Promise<string> {
    const app = fastify({ forceCloseConnections: true });
    app.post('/', () => new Promise(() => {}));
    return listen(app);
  }

  it('gives up when the whole answer is not there in time', async () => {
    const sender = createHttpSender();
    opened.push(sender);
    const sending = sender.send({
      method: 'POST',
      url: await mute(),
      headers: {},
      answerWithinMilliseconds: 20,
    });
    await expect(sending).rejects.toMatchObject({ name: 'NoAnswer', reason: 'TimedOut' });
  });

  it('breaks off what is under way when it is closed', async () => {
    const sender = createHttpSender();
    const url = await mute();
    const sending = sender.send({ method: 'POST', url, headers: {}, answerWithinMilliseconds: 10_000 });
    await Promise.all([
      expect(sending).rejects.toMatchObject({ name: 'NoAnswer', reason: 'SocketError' }),
      sender.close(),
    ]);
  });
});
