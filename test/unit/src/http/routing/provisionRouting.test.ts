import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createOperations } from '../../../../../src/http/routing/operations.ts';
import { provisionRoutingEndpoint } from '../../../../../src/http/routing/provisionRouting.ts';
import { readRoutingDocument } from '../../../../../src/routing/document/readRoutingDocument.ts';
import { askEndpoint } from '../../../../support/askEndpoint.ts';
import { fakeClock } from '../../../../support/fakeClock.ts';
import { createMemoryJobRouter } from '../../../../support/memoryJobRouter.ts';

const quickstart: unknown = JSON.parse(await readFile('routing.json', 'utf8'));
const read = readRoutingDocument(quickstart);
const quickstartRules = read.kind === 'read' ? read.document.automation : undefined;
const automation = async () => quickstartRules ?? { rules: [], automatedWorkers: [] };
const later = { kind: 'unavailable', status: 429, message: 'Too many', retryAfterSeconds: 6.2 } as const;
const clock = fakeClock('2026-03-02T09:00:00Z');

const put = ({ router }: Pick<ReturnType<typeof createMemoryJobRouter>, 'router'>, body: unknown) =>
  askEndpoint(
    provisionRoutingEndpoint,
    {
      router,
      routerHost: 'router.example',
      routingEnvironment: { POLICY: 'policy-1' },
      clock,
      automation,
      operations: createOperations({
        clock,
        newId: () => 'operation-1',
        requestsPer10Seconds: 1_000,
        report: () => undefined,
      }),
    },
    body,
  );

const problemOf = (response: { body?: unknown; headers?: unknown }): unknown => {
  expect(response.headers).toMatchObject({ 'content-type': 'application/problem+json' });
  return JSON.parse(String(response.body));
};

describe('PUT /api/routing', () => {
  it('answers with what it took', async () => {
    expect(await put(createMemoryJobRouter(), quickstart)).toEqual({
      status: 200,
      jsonBody: {
        created: ['distributionPolicies/distribution-policy-1', 'queues/queue-1', 'workers/worker-1'],
        updated: [],
        adopted: [],
        deleted: [],
        unchanged: [],
        notes: {},
        refused: [],
        warnings: [],
        automation: { inForce: true },
      },
    });
  });

  it('says when its rules are not the ones the app runs by', async () => {
    const response = await put(createMemoryJobRouter(), { automation: { rules: [{ name: 'other' }] } });
    expect(response).toMatchObject({
      jsonBody: { automation: { inForce: false, note: expect.stringContaining('AUTOMATION_RULES') } },
    });
  });

  it('names every mistake in the body', async () => {
    const response = await put(createMemoryJobRouter(), { queues: [{}], wokers: [] });
    expect(problemOf(response)).toMatchObject({
      type: 'urn:problem-type:job-router-functions:invalidBody',
      title: expect.any(String),
      status: 400,
      detail: '3 things in the body are wrong.',
      errors: [
        { pointer: '/queues/0/distributionPolicyId' },
        { pointer: '/queues/0/id' },
        { pointer: '/wokers' },
      ],
    });
  });

  it('takes YAML, with placeholders for what the settings let it see', async () => {
    const queue = (policy: string) => `
queues: # one
  - { id: q, distributionPolicyId: "\${env:${policy}}" }
distributionPolicies:
  - { id: policy-1, offerExpiresAfterSeconds: 60, mode: { kind: longestIdle } }`;
    const memory = createMemoryJobRouter();
    expect(await put(memory, queue('POLICY'))).toMatchObject({ status: 200 });
    expect(memory.queues.get('q')).toMatchObject({ distributionPolicyId: 'policy-1' });
    expect(problemOf(await put(memory, queue('PATH')))).toMatchObject({
      errors: [
        { pointer: '/queues/0/distributionPolicyId', line: 3, expected: expect.stringContaining('PATH') },
      ],
    });
  });

  it('names what the body misspells together with what it refers to in vain', async () => {
    const queues = [{ id: 'q', distributionPolicyId: 'nowhere', colour: 'red' }];
    expect(problemOf(await put(createMemoryJobRouter(), { queues }))).toMatchObject({
      errors: [
        { pointer: '/queues/0/colour' },
        { pointer: '/queues/0/distributionPolicyId', value: '"nowhere"' },
      ],
    });
  });

  it('tells what was done before a failure', async () => {
    const response = await put(createMemoryJobRouter({ 'upsert queues/queue-1': later }), quickstart);
    expect(response).toMatchObject({ status: 503, headers: { 'retry-after': '7' } });
    expect(problemOf(response)).toMatchObject({
      failed: [{ step: 'queues/queue-1' }],
      done: { created: ['distributionPolicies/distribution-policy-1'] },
      notDone: ['workers/worker-1'],
    });
  });
});
