import { expect, it } from 'vitest';
import { runApp } from '../support.ts';

const app = `
  const handler = () => ({ body: 'in' });
  app.http('open', { authLevel: 'anonymous', handler });
  app.http('locked', { authLevel: 'function', handler });
  app.http('other', { authLevel: 'function', handler });
  app.http('guarded', { authLevel: 'admin', handler });
  app.eventGrid('hook', { handler: () => undefined });
`;

const run = async () => {
  const running = await runApp(app, { host: { functionKeys: true } });
  const { keys } = running.host;
  if (!keys) throw new Error('The host made no keys');
  return { ...running, keys };
};

it.each([
  ['open', 'nothing', 200],
  ['locked', 'nothing', 401],
  ['locked', 'a wrong key', 401],
  ['locked', 'its own key', 200],
  ['locked', 'the key of another function', 401],
  ['locked', 'the key for every function', 200],
  ['locked', 'the master key', 200],
  ['locked', 'the Event Grid key', 401],
  ['guarded', 'its own key', 401],
  ['guarded', 'the key for every function', 401],
  ['guarded', 'the master key', 200],
])('a function at the level of "%s" called with %s answers %i', async (name, what, status) => {
  const { fetch, keys } = await run();
  const brought: Record<string, string | undefined> = {
    nothing: undefined,
    'a wrong key': 'wrong',
    'its own key': keys.functions[name],
    'the key of another function': keys.functions.other,
    'the key for every function': keys.host,
    'the master key': keys.master,
    'the Event Grid key': keys.eventGrid,
  };
  const key = brought[what];
  const headers: Record<string, string> = key === undefined ? {} : { 'x-functions-key': key };
  const byHeader = await fetch(`/api/${name}`, { headers });
  const byQuery = await fetch(`/api/${name}${key === undefined ? '' : `?code=${key}`}`);
  expect([byHeader.status, byQuery.status]).toEqual([status, status]);
  if (status === 401) expect(await byHeader.text()).toBe('');
});

it('the header counts where there is a query too', async () => {
  const { fetch, keys } = await run();
  const answer = await fetch(`/api/locked?code=${keys.master}`, { headers: { 'x-functions-key': 'wrong' } });
  expect(answer.status).toBe(401);
});

it("the host's own paths ask for the master key, and a ping for none", async () => {
  const { fetch, keys } = await run();
  const statuses = await Promise.all(
    ['status', 'ping', `status?code=${keys.master}`, `status?code=${keys.host}`].map(
      async (path) => (await fetch(`/admin/host/${path}`)).status,
    ),
  );
  expect(statuses).toEqual([401, 200, 200, 401]);
});

it('an Event Grid function is listed with the key that its webhook asks for', async () => {
  const { host, keys } = await run();
  const [url = ''] = host.functions.find(({ name }) => name === 'hook')?.urls ?? [];
  expect(new URL(url).searchParams.get('code')).toBe(keys.eventGrid);
  const { code: _, ...without } = Object.fromEntries(new URL(url).searchParams);
  const stranger = await fetch(`${host.url}/runtime/webhooks/EventGrid?${new URLSearchParams(without)}`, {
    method: 'POST',
  });
  expect(stranger.status).toBe(401);
  expect((await fetch(url, { method: 'OPTIONS' })).status).toBe(200);
});

it('a host without keys asks for none', async () => {
  const { fetch, host } = await runApp(app);
  expect(host.keys).toBeUndefined();
  expect((await fetch('/api/guarded')).status).toBe(200);
});
