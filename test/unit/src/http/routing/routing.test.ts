import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exportRoutingEndpoint } from '../../../../../src/http/routing/exportRouting.ts';
import { getRoutingOperationEndpoint } from '../../../../../src/http/routing/getRoutingOperation.ts';
import { createOperations } from '../../../../../src/http/routing/operations.ts';
import { planRoutingEndpoint } from '../../../../../src/http/routing/planRouting.ts';
import { provisionRoutingEndpoint } from '../../../../../src/http/routing/provisionRouting.ts';
import { planJsonSchema } from '../../../../../src/routing/plan/planSchema.ts';
import { fakeClock } from '../../../../support/fakeClock.ts';
import { type HttpWorld, httpWorld } from '../../../../support/httpWorld.ts';

const isPlan = new Ajv2020({ strict: false }).compile(planJsonSchema());

const policy = { id: 'policy-2', offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } };
const document = {
  name: 'support',
  distributionPolicies: [policy],
  queues: [
    { id: 'queue-2', distributionPolicyId: 'policy-2' },
    { id: 'queue-3', distributionPolicyId: 'policy-2' },
  ],
};
const smaller = { ...document, queues: document.queues.slice(0, 1) };

const queueIds = (world: HttpWorld) =>
  (world.send('GET', '/routing/queues').body as { value: { id: string }[] }).value.map(({ id }) => id).sort();

describe('POST /api/routing/plan', () => {
  it('answers with a plan that fits the published schema, and changes nothing', async () => {
    const world = httpWorld();
    const answer = await world.ask(planRoutingEndpoint, { body: document });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        router: 'router.example',
        owner: 'support',
        calls: 3,
        levels: [[{ action: 'create' }], [{}, {}]],
      },
    });
    expect(isPlan(answer.body), JSON.stringify(isPlan.errors)).toBe(true);
    expect(queueIds(world)).toEqual(['queue-1']);
  });

  it('plans deletions where it is asked to', async () => {
    const world = httpWorld();
    await world.ask(provisionRoutingEndpoint, { body: document });
    const deletions = { levels: [[{ kind: 'queues', id: 'queue-3', action: 'delete' }]] };
    expect(await world.ask(planRoutingEndpoint, { body: smaller, query: { prune: 'true' } })).toMatchObject({
      body: deletions,
    });
    expect(await world.ask(planRoutingEndpoint, { body: smaller })).toMatchObject({ body: { levels: [] } });
    const dry = { body: smaller, query: { prune: 'true', dryRun: 'true' } };
    expect(await world.ask(provisionRoutingEndpoint, dry)).toMatchObject({ status: 200, body: deletions });
    expect(queueIds(world)).toEqual(['queue-1', 'queue-2', 'queue-3']);
  });

  it.each([
    ['nothing', {}],
    ['rules only', { automation: { rules: [] } }],
  ])(
    'does not prune by a document with no name and %s, for that is all of nobody in particular',
    async (_, body) => {
      const world = httpWorld();
      await world.ask(provisionRoutingEndpoint, { body: { ...document, name: 'routing' } });
      const asking = { body, query: { prune: 'true' } };
      for (const endpoint of [planRoutingEndpoint, provisionRoutingEndpoint]) {
        expect(await world.ask(endpoint, asking)).toMatchObject({
          status: 400,
          body: { errors: [{ pointer: '/name', detail: expect.stringMatching(/destroy/) }] },
        });
        expect(await world.ask(endpoint, { body })).toMatchObject({ status: 200 });
      }
      expect(queueIds(world)).toEqual(['queue-1', 'queue-2', 'queue-3']);
      await world.ask(provisionRoutingEndpoint, { ...asking, body: { ...body, name: 'routing' } });
      expect(queueIds(world)).toEqual(['queue-1']);
    },
  );

  it.each(['', ' \n'])('says of an empty body that it is: %j', async (body) => {
    expect(await httpWorld().ask(planRoutingEndpoint, { body })).toMatchObject({
      status: 400,
      body: { detail: 'The body is empty.' },
    });
  });

  it('names everything that is wrong', async () => {
    const queues = [{ id: 'q', distributionPolicyId: 'nowhere' }];
    const answer = await httpWorld().ask(planRoutingEndpoint, { body: { queues, wokers: [] } });
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/wokers' }, { pointer: '/queues/0/distributionPolicyId' }] },
    });
  });
});

describe('PUT /api/routing', () => {
  it('deletes what the document owns and no longer declares, and nothing else', async () => {
    const world = httpWorld();
    await world.ask(provisionRoutingEndpoint, { body: document });
    expect(
      await world.ask(provisionRoutingEndpoint, { body: smaller, query: { prune: 'true' } }),
    ).toMatchObject({
      status: 200,
      body: { deleted: ['queues/queue-3'], refused: [] },
    });
    expect(queueIds(world)).toEqual(['queue-1', 'queue-2']);
  });

  it('does not delete what the router would refuse to, and says why', async () => {
    const world = httpWorld();
    await world.ask(provisionRoutingEndpoint, { body: document });
    world.send('PATCH', '/routing/workers/worker-1', { queues: ['queue-3'] });
    const answer = await world.ask(provisionRoutingEndpoint, { body: smaller, query: { prune: 'true' } });
    expect(answer).toMatchObject({ status: 200, body: { deleted: [], refused: [{ id: 'queue-3' }] } });
    expect(queueIds(world)).toContain('queue-3');
  });

  it.each([
    [provisionRoutingEndpoint, 'dryRun', '1'],
    [provisionRoutingEndpoint, 'prune', ''],
    [provisionRoutingEndpoint, 'dryrun', 'true'],
    [planRoutingEndpoint, 'dryRun', 'true'],
    [exportRoutingEndpoint, 'jobs', 'yes'],
  ])(
    '$name refuses the parameter it does not know or understand, and does nothing',
    async (endpoint, parameter, value) => {
      const world = httpWorld();
      const answer = await world.ask(endpoint, {
        query: { [parameter]: value },
        ...(endpoint.method !== 'GET' && { body: document }),
      });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ parameter }] } });
      expect(queueIds(world)).toEqual(['queue-1']);
    },
  );
});

/** Lets what goes on after an answer come to its end. */
async function ended(world: HttpWorld, operationId: string) {
  for (;;) {
    const answer = await world.ask(getRoutingOperationEndpoint, { params: { operationId } });
    if ((answer.body as { status: string }).status !== 'running') return answer;
    expect(answer.headers).toMatchObject({ 'retry-after': '2' });
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a document that takes long', () => {
  const few = (requestsPer10Seconds: number) => {
    let ids = 0;
    const newId = () => `operation-${++ids}`;
    const clock = fakeClock('2026-03-02T09:00:00Z');
    return createOperations({ clock, newId, requestsPer10Seconds, report: () => undefined });
  };

  it('is answered 202 with where its end will be told', async () => {
    const world = httpWorld({ operations: few(5) });
    const answer = await world.ask(provisionRoutingEndpoint, { body: document });
    expect(answer).toMatchObject({
      status: 202,
      headers: { location: '/api/routing/operations/operation-1', 'retry-after': '2' },
      body: { id: 'operation-1', status: 'running', total: 3 },
    });
    expect(await ended(world, 'operation-1')).toMatchObject({
      status: 200,
      body: {
        status: 'succeeded',
        done: 3,
        result: { created: [expect.anything(), 'queues/queue-2', 'queues/queue-3'] },
      },
    });
    expect(queueIds(world)).toEqual(['queue-1', 'queue-2', 'queue-3']);
  });

  it('is not more than half of what the quota allows in ten seconds', async () => {
    const world = httpWorld({ operations: few(6) });
    expect(await world.ask(provisionRoutingEndpoint, { body: document })).toMatchObject({ status: 200 });
  });

  it('is any document that somebody does not want to wait for', async () => {
    const world = httpWorld({ operations: few(1_000) });
    const headers = { prefer: 'wait=1, respond-async' };
    expect(await world.ask(provisionRoutingEndpoint, { body: document, headers })).toMatchObject({
      status: 202,
    });
    await ended(world, 'operation-1');
  });

  it('does no harm where it is asked for twice at once', async () => {
    const world = httpWorld({ operations: few(5) });
    const [first, second] = await Promise.all([
      world.ask(provisionRoutingEndpoint, { body: document }),
      world.ask(provisionRoutingEndpoint, { body: document }),
    ]);
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.headers.location).toBe(first.headers.location);
    await ended(world, 'operation-1');
    expect(await world.ask(provisionRoutingEndpoint, { body: document })).toMatchObject({
      status: 200,
      body: { created: [], updated: [] },
    });
  });

  it('that is wrong is refused before it is begun', async () => {
    const world = httpWorld({ operations: few(1) });
    const headers = { prefer: 'respond-async' };
    expect(await world.ask(provisionRoutingEndpoint, { body: { queues: [{}] }, headers })).toMatchObject({
      status: 400,
    });
  });

  it('and that this instance does not know is told to be sent again', async () => {
    const answer = await httpWorld().ask(getRoutingOperationEndpoint, {
      params: { operationId: 'elsewhere' },
    });
    expect(answer).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('Send the document again') },
    });
  });
});

describe('GET /api/routing', () => {
  it('writes a document that plans to no change', async () => {
    const world = httpWorld();
    await world.ask(provisionRoutingEndpoint, { body: document });
    const { status, body, headers } = await world.ask(exportRoutingEndpoint);
    expect([status, headers.vary]).toEqual([200, 'Accept']);
    expect(await world.ask(planRoutingEndpoint, { body })).toMatchObject({
      status: 200,
      body: { levels: [] },
    });
  });

  it('writes only what an owner has', async () => {
    const world = httpWorld();
    await world.ask(provisionRoutingEndpoint, { body: document });
    const { body } = await world.ask(exportRoutingEndpoint, { query: { owner: 'support' } });
    expect(body).toMatchObject({ name: 'support', queues: [{ id: 'queue-2' }, { id: 'queue-3' }] });
    expect(body).not.toHaveProperty('workers');
  });

  it.each(['application/yaml', 'text/yaml', 'application/x-yaml;q=0.9, application/json;q=0.5'])(
    'writes YAML for whoever asks for %s',
    async (accept) => {
      const world = httpWorld();
      const json = await world.ask(exportRoutingEndpoint);
      const yaml = await world.ask(exportRoutingEndpoint, { headers: { accept } });
      expect(yaml.headers['content-type']).toMatch(/yaml$/);
      expect(parse(String(yaml.body))).toEqual(json.body);
    },
  );

  it('writes nothing else', async () => {
    const answer = await httpWorld().ask(exportRoutingEndpoint, { headers: { accept: 'text/html' } });
    expect(answer).toMatchObject({ status: 406, body: { title: expect.any(String) } });
  });
});
