import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import inject from 'light-my-request';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpServer } from '../../../../emulator/http/server.ts';
import type { Answering, HttpRequest, Route } from '../../../../emulator/http/surface.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server with one surface, whose refusals are the texts of what was thrown. */
function serve(
  routes: readonly Route[] = [],
  otherwise: Answering = () => ({ status: 404, body: 'inside' }),
) {
  const refuse = (error: unknown) => ({ status: 499, body: String(error) });
  const server = createHttpServer({
    surfaces: [{ prefix: '/here', routes, otherwise, refuse }],
    elsewhere: { otherwise: () => ({ status: 404, body: 'outside' }), refuse },
    headersForAll: () => ({ 'x-all': 'yes' }),
  });
  closing.push(server.close);
  return server;
}

const echo: Answering = ({ method, params, body }: HttpRequest) => ({
  status: 200,
  body: { method, params, body: body.toString() },
});

/** Sends bytes and gives all that came back until the server hung up. */
async function exchange(server: ReturnType<typeof serve>, bytes: string): Promise<string> {
  const { port } = new URL(await server.listen({ host: '127.0.0.1', port: 0 }));
  const socket = connect({ host: '127.0.0.1', port: Number(port) });
  socket.write(bytes);
  return text(socket);
}

describe('a server', () => {
  it('finds routes with and without a slash at their end, and decodes what stands in them', async () => {
    const { handle } = serve([{ method: 'GET', path: '/things/:id', answer: echo }]);
    for (const url of ['/here/things/a%20%2Fb', '/here/things/a%20%2Fb/?x=1#y']) {
      expect((await inject(handle, { url })).json()).toMatchObject({ params: { id: 'a /b' } });
    }
  });

  it.each([
    ['/here', 'inside'],
    ['/here/nothing', 'inside'],
    ['/here?x', 'inside'],
    ['/hereabouts', 'outside'],
    ['/', 'outside'],
  ])('leaves the last word on %s to what is %s', async (url, said) => {
    const answer = await inject(serve().handle, { url });
    expect([answer.statusCode, answer.json(), answer.headers['x-all']]).toEqual([404, said, 'yes']);
  });

  it.each([
    ['/here/things/%zz', "'/here/things/%zz' is not a valid url component"],
    [`/here/things/${'x'.repeat(513)}`, 'is exceeding the max param length'],
  ])('has the surface refuse %s', async (url, message) => {
    const { handle } = serve([{ method: 'GET', path: '/things/:id', answer: echo }]);
    const answer = await inject(handle, { url });
    expect([answer.statusCode, answer.json()]).toEqual([499, expect.stringContaining(message)]);
  });

  it('hands over bodies, announced or in chunks, and none with GET', async () => {
    const routes = (['GET', 'POST'] as const).map((method) => ({ method, path: '/', answer: echo }));
    const server = serve(routes);
    const head = (method: string) => `${method} /here HTTP/1.1\r\nhost: x\r\n`;
    const answers = await exchange(
      server,
      `${head('POST')}content-length: 3\r\n\r\nabc` +
        `${head('POST')}transfer-encoding: chunked\r\n\r\n2\r\nde\r\n1\r\nf\r\n0\r\n\r\n` +
        `${head('GET')}content-length: 3\r\nconnection: close\r\n\r\nghi`,
    );
    expect([...answers.matchAll(/"body":"(.*?)"/g)].map(([, body]) => body)).toEqual(['abc', 'def', '']);
  });

  it.each([
    ['announced', 'content-length: 9\r\n\r\n'],
    ['in chunks', 'transfer-encoding: chunked\r\n\r\n9\r\n123456789\r\n'],
  ])('refuses a body that is too large, %s, and hangs up', async (_, rest) => {
    const server = serve([{ method: 'POST', path: '/', answer: echo, largestBodyBytes: 8 }]);
    const answer = await exchange(server, `POST /here HTTP/1.1\r\nhost: x\r\n${rest}`);
    expect(answer).toContain('Request body is too large');
    expect(answer).toContain('connection: close');
  });

  it.each<[what: string, answer: Answering]>([
    [
      'thrown',
      () => {
        throw new Error('a fault of ours');
      },
    ],
    ['rejected', () => Promise.reject(new Error('a fault of ours'))],
  ])('tells what was %s in the words of the surface', async (_, answer) => {
    const { handle } = serve([{ method: 'GET', path: '/', answer }]);
    const { statusCode, body } = await inject(handle, { url: '/here' });
    expect([statusCode, body]).toEqual([499, '"Error: a fault of ours"']);
  });

  it('rejects when its port is taken', async () => {
    const [first, second] = [serve(), serve()];
    const { port } = new URL(await first.listen({ host: '127.0.0.1', port: 0 }));
    const listening = second.listen({ host: '127.0.0.1', port: Number(port) });
    await expect(listening).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
