import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../../../emulator/clock/manualClock.ts';
import { NINE_AM, runApp } from '../support.ts';

const APP = `
  app.http('hello', { route: 'greet/{name}', handler: async (request, context) => context.log('body', await request.text()) });
  app.eventGrid('watch', { handler: (event, context) => context.log(event.id) });
  app.timer('tick', { schedule: '0 0 3 * * 1', handler: (timer, context) => context.log(timer.isPastDue) });
  app.storageQueue('drain', { queueName: 'parked', connection: 'AzureWebJobsStorage', handler: (item, context) => context.log(item) });
`;

const run = (input: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ input }),
});

describe('the admin endpoints', () => {
  it('tell that the host runs, and since when', async () => {
    const clock = createManualClock(NINE_AM);
    const { fetch } = await runApp(APP, { clock });
    await clock.advance(1500);

    const answer = await fetch('/admin/host/status');

    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ state: 'Running', processUptime: 1500 });
  });

  it.each(['GET', 'POST'])('answer a ping sent by %s', async (method) => {
    const { fetch } = await runApp(APP);
    expect((await fetch('/admin/host/ping', { method })).status).toBe(200);
  });

  it('list the functions with their bindings', async () => {
    const { fetch } = await runApp(APP);
    const listed = await (await fetch('/admin/functions')).json();
    expect(listed).toMatchObject([{ name: 'hello' }, { name: 'watch' }, { name: 'tick' }, { name: 'drain' }]);

    const hello = await (await fetch('/admin/functions/HELLO')).json();
    expect(hello).toMatchObject({
      name: 'hello',
      config: { bindings: [{ type: 'httpTrigger' }, { name: '$return' }] },
    });
  });

  it('tell the status of a function, which is that it has none to tell', async () => {
    const { fetch } = await runApp(APP);
    const answer = await fetch('/admin/functions/tick/status');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({});
  });

  it.each([
    ['hello', 'good day', 'body good day'],
    ['watch', '{"id":"event-1"}', 'event-1'],
    ['tick', '', 'false'],
    ['drain', 'parked text', 'parked text'],
  ])('run %s by hand', async (name, input, logged) => {
    const { fetch, host, userLines } = await runApp(APP);
    const answer = await fetch(`/admin/functions/${name}`, run(input));
    await host.close();
    expect(answer.status).toBe(202);
    expect(userLines()).toEqual([logged]);
  });

  it.each([
    ['a function nobody registered', '/admin/functions/nobody', run('x'), 404, 'no function "nobody"'],
    [
      'the description of one',
      '/admin/functions/nobody',
      {},
      404,
      'Functions here: hello, watch, tick, drain.',
    ],
    [
      'a path the host does not have below a function',
      '/admin/functions/tick/more',
      {},
      404,
      'has no GET /admin/functions/tick/more',
    ],
    ['no body', '/admin/functions/tick', { method: 'POST' }, 400, '{"input":"text"}'],
    [
      'an input that is no text',
      '/admin/functions/tick',
      { method: 'POST', body: '{"input":1}' },
      400,
      'is a text',
    ],
    [
      'an array of events, which the real host refuses too',
      '/admin/functions/watch',
      run('[]'),
      400,
      'to an event',
    ],
    ['a path the host does not have', '/admin/host/unknown', {}, 404, 'has no GET /admin/host/unknown'],
  ])('explain what is wrong with %s', async (_case, path, init, status, reason) => {
    const { fetch } = await runApp(APP);
    const answer = await fetch(path, init);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(reason);
  });
});
