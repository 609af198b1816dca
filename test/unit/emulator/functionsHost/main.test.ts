import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type HostMessage, hostMessage } from '../../../../emulator/functionsHost/ipc.ts';
import { appText, writeApp } from './support.ts';

const MAIN = fileURLToPath(new URL('../../../../emulator/functionsHost/main.ts', import.meta.url));

const HELLO = appText(`app.http('hello', { handler: (request, context) => {
  context.warn('greeting'); return { body: process.cwd() };
} });`);

interface Child {
  readonly child: ChildProcess;
  readonly messages: HostMessage[];
  /** The next message that is of this kind, also one that has come already. */
  next<Kind extends HostMessage['kind']>(kind: Kind): Promise<Extract<HostMessage, { kind: Kind }>>;
  readonly ended: Promise<number | null>;
}

function startChild(appRoot: string): Child {
  const child = fork(MAIN, ['--root', appRoot, '--port', '0'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const messages: HostMessage[] = [];
  const waiting = new Set<() => void>();
  child.on('message', (raw) => {
    messages.push(hostMessage.parse(raw));
    for (const look of waiting) look();
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    child,
    messages,
    ended,
    next: (kind) =>
      new Promise((resolve) => {
        const look = () => {
          const found = messages.find((message) => message.kind === kind);
          if (!found) return;
          waiting.delete(look);
          resolve(found as Extract<HostMessage, { kind: typeof kind }>);
        };
        waiting.add(look);
        look();
      }),
  };
}

describe('a host in a process of its own', () => {
  it('tells its parent where it listens and what happens, and runs in the app folder', async () => {
    const root = writeApp({ 'app.js': HELLO });
    const { next, messages } = startChild(root);
    const { url, functions } = await next('listening');
    expect(functions).toEqual([
      { name: 'hello', triggerType: 'httpTrigger', methods: ['GET', 'POST'], urls: [`${url}/api/hello`] },
    ]);
    expect(await (await fetch(`${url}/api/hello`)).text()).toBe(root);
    const userLines = messages.filter((message) => message.kind === 'log' && message.category === 'user');
    expect(userLines).toMatchObject([{ level: 'warning', functionName: 'hello', message: 'greeting' }]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops cleanly on %s', async (signal) => {
    const { child, next, ended } = startChild(writeApp({ 'app.js': HELLO }));
    await next('listening');
    child.kill(signal);
    expect(await ended).toBe(0);
  });

  it('does not outlive its parent', async () => {
    const { child, next, ended } = startChild(writeApp({ 'app.js': HELLO }));
    await next('listening');
    child.disconnect();
    expect(await ended).toBe(0);
  });

  it('says why it could not start, and ends with code 1', async () => {
    const { next, ended } = startChild(writeApp({ 'app.js': `throw new Error('no such setting')` }));
    const { message } = await next('failed');
    expect(message).toContain('no such setting');
    expect(await ended).toBe(1);
  });

  it('prints to the console when nobody listens', async () => {
    const root = writeApp({ 'app.js': `throw new Error('no such setting')` });
    const child = spawn(process.execPath, [MAIN, '--root', root, '--port', '0'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    expect(errors).toContain('app.js failed while it was loaded: Error: no such setting');
  });
});
