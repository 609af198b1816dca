import Module from 'node:module';
import { describe, expect, it } from 'vitest';
import { FunctionsHostFailure, type StartFailure } from '../../../../emulator/functionsHost/failure.ts';
import { appText, linkTo, runApp, runRoot, takePort, writeApp } from './support.ts';

/** The failure a host refuses to start with. */
async function failureOf(start: Promise<unknown>): Promise<FunctionsHostFailure> {
  const failure = await start.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof FunctionsHostFailure) return failure;
  throw new Error('The host started, or failed with something else', { cause: failure });
}

interface Row {
  readonly because: string;
  readonly files: Readonly<Record<string, string>>;
  readonly kind: StartFailure;
  readonly says: readonly string[];
}

const HELLO = `app.http('hello', { handler: () => ({ body: 'hello' }) });`;

const REFUSALS: Row[] = [
  {
    because: 'package.json names no main',
    files: { 'package.json': '{}' },
    kind: 'noMain',
    says: ['no "main"'],
  },
  {
    because: 'package.json is no JSON',
    files: { 'package.json': '{' },
    kind: 'noPackage',
    says: ['package.json cannot be read'],
  },
  {
    because: 'the app was not built',
    files: { 'package.json': '{"main":"dist/app.cjs"}' },
    kind: 'noEntryFile',
    says: ['"dist/app.cjs"', 'npm run build'],
  },
  {
    because: 'an entry file throws',
    files: { 'app.js': `throw new TypeError('no such setting');` },
    kind: 'entryFileThrew',
    says: ['app.js', 'TypeError: no such setting'],
  },
  {
    because: 'the entry files do not ask for the library',
    files: { 'app.js': '' },
    kind: 'noFunctions',
    says: ['(app.js) has no functions', 'npm run build', 'test mode'],
  },
  {
    because: 'the entry files register hooks only',
    files: { 'app.js': appText('app.hook.appStart(() => {});') },
    kind: 'noFunctions',
    says: ['registered nothing', '"main"'],
  },
  {
    because: 'two functions have one name',
    files: { 'app.js': appText(HELLO + HELLO) },
    kind: 'entryFileThrew',
    says: ['function named "hello" has already been registered'],
  },
  {
    because: 'a name is no function name',
    files: { 'app.js': appText(`app.http('no spaces', { handler: () => {} });`) },
    kind: 'entryFileThrew',
    says: ['"no spaces" is no function name'],
  },
  {
    because: 'triggers are of kinds it cannot pull',
    files: {
      'app.js': appText(`${HELLO}
        app.storageBlob('onBlob', { path: 'a/{b}', connection: 'X', handler: () => {} });
        app.serviceBusQueue('onMessage', { queueName: 'q', connection: 'X', handler: () => {} });`),
    },
    kind: 'unsupportedBinding',
    says: [
      '"onBlob" has a trigger of type "blobTrigger"',
      '"onMessage" has a trigger of type "serviceBusTrigger"',
    ],
  },
  {
    because: 'an output is of a kind it cannot fill',
    files: {
      'app.js': appText(`app.http('f', {
        extraOutputs: [output.table({ tableName: 't', connection: 'X' })], handler: () => {} });`),
    },
    kind: 'unsupportedBinding',
    says: ['"f" has a binding (out) of type "table"'],
  },
  {
    because: 'a route belongs to the host',
    files: {
      'host.json': '{"version":"2.0","extensions":{"http":{"routePrefix":""}}}',
      'app.js': appText(`app.http('f', { route: 'admin/mine', handler: () => {} });`),
    },
    kind: 'badFunction',
    says: ['the route "admin/mine" belongs to the host'],
  },
  {
    because: 'a queue has a name no queue can have',
    files: {
      'app.js': appText(`app.http('f', {
        extraOutputs: [output.storageQueue({ queueName: 'Not_A_Queue', connection: 'X' })], handler: () => {} });`),
    },
    kind: 'badFunction',
    says: ['function "f"', '"Not_A_Queue" is no queue name'],
  },
  {
    because: 'a schedule names a setting that is not set',
    files: { 'app.js': appText(`app.timer('t', { schedule: '%WHEN%', handler: () => {} });`) },
    kind: 'badFunction',
    says: ['function "t"', 'WHEN, which is not set'],
  },
  {
    because: 'the app wants HTTP streaming',
    files: { 'app.js': appText(`app.setup({ enableHttpStream: true }); ${HELLO}`) },
    kind: 'httpStreaming',
    says: ['enableHttpStream'],
  },
  {
    because: 'local.settings.json is encrypted',
    files: { 'app.js': appText(HELLO), 'local.settings.json': '{"IsEncrypted":true,"Values":{}}' },
    kind: 'badSettings',
    says: ['local.settings.json', 'encrypted'],
  },
];

describe('a host refuses to start', () => {
  it.each(REFUSALS)('when $because', async ({ files, kind, says }) => {
    const failure = await failureOf(runRoot(writeApp(files)));
    expect(failure.kind).toBe(kind);
    for (const part of says) expect(failure.message).toContain(part);
  });

  it('when there is no app at all', async () => {
    const failure = await failureOf(runRoot('/nowhere/at/all'));
    expect(failure.message).toContain('/nowhere/at/all is no function app');
  });

  it('when its port is taken, and names the port and the option', async () => {
    const port = await takePort();
    const failure = await failureOf(runApp(HELLO, { host: { port } }));
    expect(failure.kind).toBe('portTaken');
    expect(failure.message).toContain(`Port ${port} on 127.0.0.1 is taken`);
    expect(failure.message).toContain('--port');
  });

  it('and leaves the process as it found it', async () => {
    const before = Module.prototype.require;
    const environment = {};
    const files = { 'app.js': `throw new Error('x');`, 'local.settings.json': '{"Values":{"A":"1"}}' };
    await failureOf(runRoot(writeApp(files), { environment }));
    expect(Module.prototype.require).toBe(before);
    expect(environment).toEqual({});
  });
});

describe('a host', () => {
  it('lists its functions as Core Tools does, and Event Grid addresses too', async () => {
    const { host, entries } = await runApp(`
      app.eventGrid('acceptOffer', { handler: () => {} });
      app.http('receive', { route: 'router-events', methods: ['POST', 'OPTIONS'], handler: () => {} });
      app.storageQueue('drain', { queueName: 'parked', connection: 'AzureWebJobsStorage', handler: () => {} });
    `);
    const lines = entries.map(({ message }) => message);
    expect(lines.slice(lines.indexOf('Functions:'))).toEqual([
      'Functions:',
      `\treceive: [POST,OPTIONS] ${host.url}/api/router-events`,
      `\tacceptOffer: eventGridTrigger ${host.url}/runtime/webhooks/EventGrid?functionName=acceptOffer`,
      '\tdrain: queueTrigger (polls queue "parked")',
      'AzureWebJobsStorage is not set: queue messages are kept in memory (GET /admin/emulator/queues).',
    ]);
    expect(host.functions).toMatchObject([
      { name: 'acceptOffer', triggerType: 'eventGridTrigger', methods: [], urls: [expect.any(String)] },
      { name: 'receive', triggerType: 'httpTrigger', methods: ['POST', 'OPTIONS'] },
      { name: 'drain', triggerType: 'queueTrigger', urls: [] },
    ]);
  });

  it('warns of functions that a setting disables, because it runs them all the same', async () => {
    const environment = {
      'AzureWebJobs.hello.Disabled': 'true',
      'AZUREWEBJOBS.OTHER.DISABLED': '1',
      'AzureWebJobs.third.Disabled': 'false',
      'AzureWebJobs.nobody.Disabled': 'true',
    };
    const { entries, fetch } = await runApp(
      `${HELLO} app.http('other', { handler: () => ({}) }); app.http('third', { handler: () => ({}) });`,
      { environment },
    );
    expect(entries.filter(({ level }) => level === 'warning').map(({ message }) => message)).toEqual([
      'Function "hello" is disabled by the setting AzureWebJobs.hello.Disabled, which this host ignores: the function runs.',
      'Function "other" is disabled by the setting AZUREWEBJOBS.OTHER.DISABLED, which this host ignores: the function runs.',
    ]);
    expect(await (await fetch('/api/hello')).text()).toBe('hello');
  });

  it('loads every file that main stands for, in the order of their names', async () => {
    const root = writeApp({
      'package.json': '{"main":"dist/functions/*.js"}',
      'dist/functions/b.js': appText(`app.http('b', { handler: () => {} });`),
      'dist/functions/a.js': appText(`app.http('a', { handler: () => {} });`),
    });
    const { host } = await runRoot(root);
    expect(host.functions.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('runs an app of ES modules', async () => {
    const root = writeApp({
      'package.json': '{"main":"app.js","type":"module"}',
      'app.js': `import { app } from '@azure/functions';\n${HELLO}`,
    });
    const { fetch } = await runRoot(root);
    expect(await (await fetch('/api/hello')).text()).toBe('hello');
  });

  it.each([
    ['the same app', (root: string) => root],
    ['an app behind a symbolic link', linkTo],
  ])('starts %s afresh after another host has closed', async (_case, find) => {
    const files = {
      'counter.js': 'let n = 0; exports.next = () => ++n;',
      'app.js': appText(`const n = require('./counter.js').next();
        app.http('count', { handler: () => ({ body: String(n) }) });`),
    };
    const root = find(writeApp(files));
    for (let start = 0; start < 2; start++) {
      const { fetch, host } = await runRoot(root);
      expect(await (await fetch('/api/count')).text()).toBe('1');
      await host.close();
    }
  });

  it('shares a process with another one, whichever of them closes first', async () => {
    const before = Module.prototype.require;
    const first = await runApp(`app.http('f', { handler: () => ({ body: 'first' }) });`);
    const second = await runApp(`app.http('f', { handler: () => ({ body: 'second' }) });`);
    expect(await (await first.fetch('/api/f')).text()).toBe('first');
    await first.host.close();
    expect(await (await second.fetch('/api/f')).text()).toBe('second');
    await second.host.close();
    expect(Module.prototype.require).toBe(before);
  });

  it('refuses functions that are registered too late', async () => {
    const { fetch, entries } = await runApp(`app.http('f', { handler: () => {
      app.http('late', { handler: () => {} });
    } });`);
    expect((await fetch('/api/f')).status).toBe(500);
    const failure = entries.find(({ level }) => level === 'error');
    expect(failure?.message).toContain('can only be registered during app startup');
  });

  it('lets a running function end before it closes', async () => {
    const { fetch, host, userLines } = await runApp(`
      app.http('slow', { handler: async (request, context) => {
        context.log('started');
        await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
        return { body: 'done' };
      } });
    `);
    const answer = fetch('/api/slow');
    await new Promise<void>((resolve) => {
      const look = () => (userLines().length > 0 ? resolve() : setImmediate(look));
      look();
    });
    await host.close();
    expect(await (await answer).text()).toBe('done');
  });

  it('can be closed twice', async () => {
    const { host } = await runApp(HELLO);
    await host.close();
    await expect(host.close()).resolves.toBeUndefined();
  });
});

describe('local settings', () => {
  const files = {
    'local.settings.json': JSON.stringify({
      IsEncrypted: false,
      Values: { NEW: 'from file', OLD: 'from file', N: 7 },
    }),
  };

  it('become environment variables while the host runs; what is there already wins', async () => {
    const environment: Record<string, string | undefined> = { OLD: 'from shell' };
    const { host, entries } = await runApp(HELLO, { files, environment });
    expect(environment).toEqual({
      NEW: 'from file',
      OLD: 'from shell',
      N: '7',
      AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    });
    expect(entries).toContainEqual({
      level: 'warning',
      category: 'system',
      message: `Skipping 'OLD' from local settings as it's already defined in current environment variables.`,
    });
    await host.close();
    expect(environment).toEqual({ OLD: 'from shell' });
  });
});
