import { HttpRequest, InvocationContext } from '@azure/functions';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { supplyCoreModule } from '../../../../emulator/functionsHost/worker/supplyCoreModule.ts';
import { createWorkerCore } from '../../../../emulator/functionsHost/worker/workerCore.ts';
import { replaceApp } from '../../../../src/composition.ts';
import type { Endpoint } from '../../../../src/http/endpoint.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { createMemoryJobRouter } from '../../../support/memoryJobRouter.ts';
import { testApp } from '../../../support/testApp.ts';

supplyCoreModule(createWorkerCore(() => undefined).module);
const { serve } = await import('../../../../src/http/serve.ts');

const { router } = createMemoryJobRouter();
const clock = fakeClock('2026-03-02T09:00:00Z');
let restore: () => void;
beforeEach(() => {
  restore = replaceApp(testApp({ router, clock }));
});
afterEach(() => restore());

const endpoint: Endpoint = {
  name: 'tryIt',
  method: 'GET',
  route: 'try-it',
  level: 'function',
  roles: [],
  answer: async () => ({ status: 204 }),
};

describe('an endpoint that is served', () => {
  it('answers a failure that nobody foresaw without its text, which the log has', async () => {
    const logged: unknown[] = [];
    const logHandler = (_level: string, ...words: unknown[]) => logged.push(...words);
    const context = new InvocationContext({ invocationId: 'invocation-1', logHandler });
    const failure = new Error('the password is swordfish');
    const served = serve({ ...endpoint, answer: () => Promise.reject(failure) });
    const answer = await served(new HttpRequest({ method: 'GET', url: 'https://app.example/' }), context);
    expect(answer).toMatchObject({ status: 500, body: expect.stringContaining('invocation-1') });
    expect(JSON.stringify(answer)).not.toContain('swordfish');
    expect(logged).toEqual([failure]);
  });
});
