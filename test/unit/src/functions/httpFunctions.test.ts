import { HttpRequest, InvocationContext } from '@azure/functions';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { supplyCoreModule } from '../../../../emulator/functionsHost/worker/supplyCoreModule.ts';
import { createWorkerCore } from '../../../../emulator/functionsHost/worker/workerCore.ts';
import { replaceApp } from '../../../../src/composition.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { createMemoryJobRouter } from '../../../support/memoryJobRouter.ts';
import { testApp } from '../../../support/testApp.ts';

// Loaded as the worker loads them, so that what they register can be looked at.
const core = createWorkerCore(() => undefined);
supplyCoreModule(core.module);
const { getJob } = await import('../../../../src/functions/getJob.ts');
const { health } = await import('../../../../src/functions/health.ts');
const { provisionRouting } = await import('../../../../src/functions/provisionRouting.ts');
const { submitJob } = await import('../../../../src/functions/submitJob.ts');

const context = new InvocationContext({ invocationId: 'invocation-1' });
const clock = fakeClock('2026-03-02T09:00:00Z');
const url = 'https://app.example/api/jobs';
const askHealth = () => new HttpRequest({ method: 'GET', url: 'https://app.example/api/health' });
const SECRET = 'c2VjcmV0LWtleS1jdXQtb2Zm';

afterEach(() => vi.unstubAllEnvs());

describe('the HTTP functions', () => {
  const triggerOf = (name: string): unknown =>
    Object.values(
      core.functions().find(({ metadata }) => metadata.name === name)?.metadata.bindings ?? {},
    )[0];

  it.each([
    ['getJob', 'GET', 'jobs/{jobId}'],
    ['provisionRouting', 'PUT', 'routing'],
    ['submitJob', 'POST', 'jobs'],
  ])('%s wakes on %s %s, for whoever has a key of the function', (name, method, route) => {
    expect(triggerOf(name)).toMatchObject({
      type: 'httpTrigger',
      methods: [method],
      route,
      authLevel: 'function',
    });
  });

  it('health wakes on GET health, for everybody', () => {
    expect(triggerOf('health')).toMatchObject({
      type: 'httpTrigger',
      methods: ['GET'],
      route: 'health',
      authLevel: 'anonymous',
    });
  });

  it('work with the app that is composed: a submitted job can be read', async () => {
    const { router } = createMemoryJobRouter();
    const restore = replaceApp(testApp({ router, clock, newId: () => 'fresh-1' }));
    try {
      const body = { string: JSON.stringify({ channelId: 'voice', queueId: 'queue-1' }) };
      expect(await submitJob(new HttpRequest({ method: 'POST', url, body }), context)).toMatchObject({
        status: 201,
      });
      const params = { jobId: 'fresh-1' };
      const read = await getJob(new HttpRequest({ method: 'GET', url: `${url}/fresh-1`, params }), context);
      expect(read).toMatchObject({ status: 200, jsonBody: { id: 'fresh-1', queueId: 'queue-1' } });
      const routing = new HttpRequest({ method: 'PUT', url, body: { string: '{}' } });
      expect(await provisionRouting(routing, context)).toMatchObject({ status: 200 });
      expect(await health(askHealth(), context)).toMatchObject({ status: 200 });
    } finally {
      restore();
    }
  });

  it.each([
    [
      'a setting that is wrong',
      `endpoint=https://contoso.example/;accesskey=${SECRET}!`,
      /COMMUNICATION_CONNECTION_STRING/,
    ],
    ['an endpoint that must not be used', `endpoint=http://contoso.example/;accesskey=${SECRET}`, /https/],
  ])('answer 503 and name %s, without its secret', async (_, connectionString, named) => {
    vi.stubEnv('COMMUNICATION_CONNECTION_STRING', connectionString);
    vi.stubEnv('COMMUNICATION_ENDPOINT', '');
    vi.stubEnv('AUTOMATION_RULES', '{"automation":{"rules":[]}}');
    const response = await health(askHealth(), context);
    expect(response).toMatchObject({ status: 503, headers: { 'content-type': 'application/problem+json' } });
    expect(response.body).toMatch(named);
    expect(response.body).not.toContain(SECRET);
  });
});
