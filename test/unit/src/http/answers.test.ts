import { readFile } from 'node:fs/promises';
import { HttpRequest } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { checkHealth } from '../../../../src/http/health.ts';
import { readJob } from '../../../../src/http/jobs/getJob.ts';
import { putRouting } from '../../../../src/http/routing/provisionRouting.ts';
import { readRoutingDocument } from '../../../../src/routing/document/readRoutingDocument.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { createMemoryJobRouter } from '../../../support/memoryJobRouter.ts';

const quickstart: unknown = JSON.parse(await readFile('routing.json', 'utf8'));
const read = readRoutingDocument(quickstart);
const quickstartRules = read.kind === 'read' ? read.document.automation : undefined;
const automation = async () => quickstartRules ?? { rules: [], automatedWorkers: [] };
const health = { automation, rulesProblem: () => undefined };

const later = { kind: 'unavailable', status: 429, message: 'Too many', retryAfterSeconds: 6.2 } as const;

const requestOf = (method: string, path: string, body?: string | Uint8Array) =>
  new HttpRequest({
    method,
    url: `https://app.example/api/${path}`,
    ...(body !== undefined && { body: typeof body === 'string' ? { string: body } : { bytes: body } }),
  });
const put = (parts: { router: ReturnType<typeof createMemoryJobRouter>['router'] }, body: unknown) =>
  putRouting(requestOf('PUT', 'routing', typeof body === 'string' ? body : JSON.stringify(body)), {
    ...parts,
    routerHost: 'router.example',
    routingEnvironment: { POLICY: 'policy-1' },
    clock: fakeClock('2026-03-02T09:00:00Z'),
    automation,
  });
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
        unchanged: [],
        notes: {},
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

describe('GET /api/jobs/{jobId}', () => {
  const get = (jobId: string, memory = createMemoryJobRouter()) => readJob({ params: { jobId } }, memory);

  it('answers with the job', async () => {
    const memory = createMemoryJobRouter();
    memory.jobs.set('job-1', { id: 'job-1', status: 'queued' });
    expect(await get('job-1', memory)).toEqual({ status: 200, jsonBody: { id: 'job-1', status: 'queued' } });
  });

  it.each(['job-1', 'a:b', '..'])('answers 404 where there is none: %s', async (jobId) => {
    expect(problemOf(await get(jobId))).toMatchObject({
      status: 404,
      detail: expect.stringContaining(jobId),
    });
  });

  it('does not take a router that is away for a job that is not there', async () => {
    const response = await get('job-1', createMemoryJobRouter({ 'get jobs/job-1': later }));
    expect(response).toMatchObject({ status: 503, headers: { 'retry-after': '7' } });
  });
});

describe('GET /api/health', () => {
  it('is well when the router answers', async () => {
    expect(await checkHealth({ ...createMemoryJobRouter(), ...health })).toEqual({
      status: 200,
      jsonBody: { status: 'healthy', router: 'reachable', rules: 1 },
    });
  });

  it('names a wrong key as what it is', async () => {
    const ping = { kind: 'unavailable', status: 401, message: 'raw' } as const;
    const response = await checkHealth({ ...createMemoryJobRouter({ ping }), ...health });
    expect(problemOf(response)).toMatchObject({ status: 503, detail: expect.stringContaining('access key') });
  });

  it('is degraded while rules that were read once cannot be read again', async () => {
    const rulesProblem = () => ({ since: new Date('2026-03-02T09:00:00Z'), problem: 'it is gone' });
    const { router } = createMemoryJobRouter();
    expect(await checkHealth({ router, automation, rulesProblem })).toMatchObject({
      status: 200,
      jsonBody: { status: 'degraded', rules: 1, rulesProblem: { problem: 'it is gone' } },
    });
  });

  it('is not well before it knows its rules', async () => {
    const unknown = () => Promise.reject(new Error('the blob is answered with 403'));
    const { router } = createMemoryJobRouter();
    const response = await checkHealth({ ...health, router, automation: unknown });
    expect(problemOf(response)).toMatchObject({ status: 503, detail: expect.stringContaining('403') });
  });
});
