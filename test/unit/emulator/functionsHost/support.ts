import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../../emulator/clock/clock.ts';
import { instantOf } from '../../../../emulator/clock/instant.ts';
import { createManualClock } from '../../../../emulator/clock/manualClock.ts';
import {
  createFunctionsHost,
  type FunctionsHost,
  type FunctionsHostOptions,
} from '../../../../emulator/functionsHost/functionsHost.ts';
import type { LogEntry } from '../../../../emulator/functionsHost/log.ts';

/** Inside node_modules, so that a throw-away app finds the real @azure/functions where any app finds it. */
const APPS = fileURLToPath(new URL('../../../../node_modules/.cache/functions-host-tests/', import.meta.url));

export const NINE_AM = instantOf('2026-03-02T09:00:00Z');

/** Writes an app into a folder of its own, which goes away when the test ends. */
export function writeApp(files: Readonly<Record<string, string>>): string {
  mkdirSync(APPS, { recursive: true });
  const root = mkdtempSync(join(APPS, 'app-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries({ 'package.json': '{"main":"app.js"}', ...files })) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return root;
}

/** A symbolic link to an app's folder, which goes away when the test ends. */
export function linkTo(root: string): string {
  const link = `${root}-link`;
  symlinkSync(root, link, 'junction');
  onTestFinished(() => rmSync(link));
  return link;
}

/** The text of an app whose functions are registered by `body`; `app`, `input` and `output` are in scope. */
export const appText = (body: string) =>
  `const { app, input, output } = require('@azure/functions');\n${body}`;

export interface RunningApp {
  readonly host: FunctionsHost;
  readonly entries: readonly LogEntry[];
  readonly environment: Record<string, string | undefined>;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** What functions logged, in order. */
  userLines(): string[];
}

export interface RunOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly environment?: Record<string, string | undefined>;
  readonly host?: Partial<FunctionsHostOptions>;
}

/** A counter instead of random ids, so that every run of a test says the same. */
export function countingIds(): () => string {
  let count = 0;
  return () => `id-${++count}`;
}

export async function runRoot(appRoot: string, options: RunOptions = {}): Promise<RunningApp> {
  const entries: LogEntry[] = [];
  const environment = options.environment ?? {};
  const host = await createFunctionsHost({
    appRoot,
    hostname: '127.0.0.1',
    port: 0,
    clock: options.clock ?? createManualClock(NINE_AM),
    newId: countingIds(),
    log: (entry) => entries.push(entry),
    environment,
    ...options.host,
  });
  onTestFinished(() => host.close());
  return {
    host,
    entries,
    environment,
    fetch: (path, init) => fetch(`${host.url}${path}`, init),
    userLines: () => entries.filter(({ category }) => category === 'user').map(({ message }) => message),
  };
}

/** Starts a host for an app that consists of `body`; it is closed when the test ends. */
export const runApp = (body: string, options: RunOptions = {}): Promise<RunningApp> =>
  runRoot(writeApp({ 'app.js': appText(body), ...options.files }), options);

/** Listens on a free port; connections are taken and never answered. */
async function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The server has no address');
  return { server, port: address.port };
}

/** A port that is in use until the test ends. */
export async function takePort(): Promise<number> {
  const { server, port } = await listen();
  onTestFinished(() => void server.close());
  return port;
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const { server, port } = await listen();
  server.close();
  await once(server, 'close');
  return port;
}

/** A server that takes connections and says nothing until the test ends. */
export async function startSilentServer(): Promise<{ url: string; connected: Promise<unknown> }> {
  const { server, port } = await listen();
  const sockets: Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}`, connected: once(server, 'connection') };
}
