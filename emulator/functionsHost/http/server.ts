/**
 * The host's HTTP server. It is not the router's server (emulator/http), because a function must get the body of every
 * method, and because paths are matched by ASP.NET route templates.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KEEP_ALIVE_MILLISECONDS } from '../../http/keepAlive.ts';
import { messageOf } from '../../messageOf.ts';
import { FunctionsHostFailure } from '../failure.ts';
import { type Endpoint, type HostRequest, type HostResponse, text } from './exchange.ts';

/** Core Tools' limit for a request body: 100 MiB. */
const MAX_BODY_BYTES = 104_857_600;

export interface HostServer {
  /** Base address, without a slash at its end. */
  readonly url: string;
  /** Accepts nothing more and resolves when all answers are out. */
  close(): Promise<void>;
  /** Cuts the connections that are still open, so that `close` can resolve. */
  cut(): void;
}

class BodyTooLarge extends Error {}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

async function readRequest(request: IncomingMessage): Promise<HostRequest> {
  const headers = Object.entries(request.headersDistinct).map(
    ([name, lines]) => [name, lines ?? []] as const,
  );
  return {
    method: request.method ?? 'GET',
    url: new URL(`http://${request.headers.host ?? 'localhost'}${request.url ?? '/'}`),
    headers: new Map(headers),
    body: await readBody(request),
  };
}

function send(response: ServerResponse, answer: HostResponse): void {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  const body = answer.body ?? '';
  if (answer.status !== 204 && answer.status !== 304) {
    response.setHeader('content-length', Buffer.byteLength(body));
  }
  response.end(body);
}

async function answerTo(request: IncomingMessage, answer: Answer): Promise<HostResponse> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return tooLarge;
  let read: HostRequest;
  try {
    read = await readRequest(request);
  } catch (error) {
    if (error instanceof BodyTooLarge) return tooLarge;
    return text(400, `The request cannot be read: ${messageOf(error)}`);
  }
  return answer(read);
}

const tooLarge: HostResponse = {
  ...text(413, `The body is larger than ${MAX_BODY_BYTES} bytes.`),
  headers: { connection: 'close', 'content-type': 'text/plain; charset=utf-8' },
};

type Answer = (request: HostRequest) => Promise<HostResponse>;

/** Asks the endpoints one after another. */
export function firstOf(endpoints: readonly Endpoint[]): Answer {
  return async (request) => {
    for (const endpoint of endpoints) {
      const answer = endpoint(request);
      if (answer) return answer;
    }
    return text(404, `No function answers ${request.method} ${request.url.pathname}.`);
  };
}

function listenFailure(error: NodeJS.ErrnoException, hostname: string, port: number): FunctionsHostFailure {
  if (error.code !== 'EADDRINUSE') {
    const message = `The Functions host cannot listen on ${hostname}:${port}: ${error.message}`;
    return new FunctionsHostFailure('cannotListen', message, { cause: error });
  }
  return new FunctionsHostFailure(
    'portTaken',
    `Port ${port} on ${hostname} is taken. Stop what uses it or choose another port: --port of the Functions host, ` +
      '--functions-port where the whole suite is started; 0 takes any free one.',
    { cause: error },
  );
}

const authority = (hostname: string, port: number) =>
  `${hostname === '0.0.0.0' ? 'localhost' : hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;

/** Starts to listen; port 0 takes a free one. `failed` hears of anything that went wrong in the host itself. */
export async function startServer(
  address: { readonly hostname: string; readonly port: number },
  answer: Answer,
  failed: (error: unknown) => void,
): Promise<HostServer> {
  let isClosing = false;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MILLISECONDS }, (request, response) => {
    answerTo(request, answer)
      .catch((error: unknown) => {
        failed(error);
        return { status: 500 } satisfies HostResponse;
      })
      .then((found) => {
        // A connection that is kept alive would keep a server alive that is about to close.
        if (isClosing) response.setHeader('connection', 'close');
        send(response, found);
      })
      .catch((error: unknown) => {
        failed(error);
        response.destroy();
      });
  });

  const { hostname, port } = address;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenFailure(error, hostname, port)));
    server.listen(port, hostname, resolve);
  });
  const { port: actualPort } = server.address() as AddressInfo;

  return {
    url: `http://${authority(hostname, actualPort)}`,
    close: () =>
      new Promise((resolve) => {
        isClosing = true;
        server.close(() => resolve());
      }),
    cut: () => server.closeAllConnections(),
  };
}
