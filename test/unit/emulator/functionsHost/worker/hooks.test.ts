import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runApp, writeApp } from '../support.ts';

const CALL = '/api/f';

describe('the hooks of an app', () => {
  it('run around its life and its invocations, in order', async () => {
    // The app leaves its record in a file, because by the time it ends there is no host to ask.
    const record = join(writeApp({}), 'record.txt');
    const { fetch, host } = await runApp(`
      const note = (line) => require('node:fs').appendFileSync(${JSON.stringify(record)}, line + '\\n');
      app.hook.appStart((context) => { note('appStart'); context.hookData.n = 1; });
      app.hook.preInvocation((context) => { note('before'); context.hookData.seen = true; });
      app.hook.postInvocation((context) => note('after ' + context.hookData.seen));
      app.hook.appTerminate((context) => note('appTerminate ' + context.hookData.n));
      app.http('f', { handler: () => note('function') });
    `);
    await fetch(CALL);
    await host.close();
    const lines = readFileSync(record, 'utf8').trimEnd().split('\n');
    expect(lines).toEqual(['appStart', 'before', 'function', 'after true', 'appTerminate 1']);
  });

  it('may replace inputs and handler before the call', async () => {
    const { fetch } = await runApp(`
      app.hook.preInvocation((context) => {
        const inner = context.functionHandler;
        context.inputs = ['replaced'];
        context.functionHandler = async (...args) => ({ body: 'wrapped ' + (await inner(...args)).body });
      });
      app.http('f', { handler: (request) => ({ body: String(request) }) });
    `);
    expect(await (await fetch(CALL)).text()).toBe('wrapped replaced');
  });

  it('may turn a failure into an answer after the call', async () => {
    const { fetch } = await runApp(`
      app.hook.postInvocation((context) => {
        context.result = { status: 409, body: context.error.message };
        context.error = null;
      });
      app.http('f', { handler: () => { throw new Error('lost the race'); } });
    `);
    const answer = await fetch(CALL);
    expect([answer.status, await answer.text()]).toEqual([409, 'lost the race']);
  });

  it('fail the invocation when they throw, and the function is not called', async () => {
    const { fetch, userLines } = await runApp(`
      app.hook.preInvocation(() => { throw new Error('not today'); });
      app.http('f', { handler: (request, context) => context.log('called') });
    `);
    expect((await fetch(CALL)).status).toBe(500);
    expect(userLines()).toEqual([]);
  });

  it('may change what a function logs, and see but not change what the host logs', async () => {
    const { fetch, entries } = await runApp(`
      app.hook.log((context) => { context.level = 'error'; context.message = '<' + context.message + '>'; });
      app.http('f', { handler: (request, context) => context.log('hello') });
    `);
    await fetch(CALL);
    expect(entries.filter(({ category }) => category === 'user')).toMatchObject([
      { level: 'error', message: '<hello>' },
    ]);
    expect(entries.filter(({ message }) => message.startsWith("<Executed 'Functions.f'"))).toEqual([]);
  });

  it('are not run any more once they were disposed of', async () => {
    const { fetch } = await runApp(`
      app.hook.preInvocation(() => { throw new Error('still here'); }).dispose();
      app.http('f', { handler: () => ({}) });
    `);
    expect((await fetch(CALL)).status).toBe(200);
  });
});
