/**
 * Runs a built function app in this process: supplies the worker's core module, loads the app, attaches its
 * functions to their triggers and listens. What is imitated, and what is not, is in README.md beside this file.
 */
import { resolve } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import { secondsAfter } from '../clock/instant.ts';
import { createSystemClock } from '../clock/systemClock.ts';
import { detailOf, FunctionsHostFailure } from './failure.ts';
import { functionList } from './functionList.ts';
import { createAdminEndpoint } from './http/admin.ts';
import { firstOf, type HostServer, startServer } from './http/server.ts';
import type { Log, LogEntry } from './log.ts';
import { createMemoryQueues } from './queues/memoryQueues.ts';
import { createQueueOutputs, DEFAULT_STORAGE, QUEUE_OUTPUT, type StoreOf } from './queues/queueOutputs.ts';
import type { QueueStore } from './queues/queueStore.ts';
import { createStorageQueues } from './queues/storageQueues.ts';
import { applyLocalSettings, type Environment, readHostSettings } from './settings.ts';
import { attachTriggers } from './triggers/attach.ts';
import { createEventGridTriggers } from './triggers/eventGrid.ts';
import { createHttpTriggers } from './triggers/http.ts';
import { createQueueTriggers } from './triggers/queue.ts';
import { createTimerTriggers } from './triggers/timer.ts';
import type { FunctionDescription } from './triggers/trigger.ts';
import { createInvoke, type Invoke } from './worker/invocation.ts';
import { loadApp } from './worker/loadApp.ts';
import type { ProgrammingModel, RegisteredFunction } from './worker/rpc.ts';
import { supplyCoreModule } from './worker/supplyCoreModule.ts';
import { createWorkerCore, type WorkerCore } from './worker/workerCore.ts';

/** How long `close` waits for functions that are still running before it cuts their connections. */
const GRACE_SECONDS = 5;

export interface FunctionsHostOptions {
  /** The folder of package.json, host.json and, if there is one, local.settings.json. */
  readonly appRoot: string;
  readonly hostname: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** The machine's own time unless given. */
  readonly clock?: Clock;
  readonly newId: () => string;
  readonly log: Log;
  /** Takes the messages of every queue output, whatever the settings say. */
  readonly queueStore?: QueueStore;
  /** The app's settings; the process's own environment unless given. An app reads `process.env`, so this is for tests. */
  readonly environment?: Environment;
}

export interface FunctionsHost {
  /** Without a slash at its end. */
  readonly url: string;
  readonly functions: readonly FunctionDescription[];
  /** The queues behind AzureWebJobsStorage, in memory when that is not set. */
  readonly queues: QueueStore;
  /** Lets running functions end, runs the appTerminate hooks and puts the process back as it was. */
  close(): Promise<void>;
}

type CompleteOptions = FunctionsHostOptions & Required<Pick<FunctionsHostOptions, 'clock' | 'environment'>>;

/** Undoes what was done, last thing first. */
function createUndoList(failed: (error: unknown) => void) {
  const steps: (() => unknown)[] = [];
  return {
    add: (step: () => unknown) => steps.push(step),
    async run() {
      for (let step = steps.pop(); step; step = steps.pop()) {
        try {
          await step();
        } catch (error) {
          failed(error);
        }
      }
    },
  };
}

/** One store per setting: the real queue where the setting holds a connection string, memory where it is empty. */
function createStores({ environment, newId, clock, queueStore }: CompleteOptions): StoreOf {
  const stores = new Map<string, QueueStore>();
  return (connection) => {
    if (queueStore) return queueStore;
    const connectionString = environment[connection] ?? '';
    const store =
      stores.get(connectionString) ??
      (connectionString === '' ? createMemoryQueues(newId) : createStorageQueues(connectionString, clock));
    stores.set(connectionString, store);
    return store;
  };
}

/** Whether a queue output of the app ends in memory, which people should know before they look for its messages. */
function sendsToMemory(
  functions: readonly RegisteredFunction[],
  environment: Environment,
  given: QueueStore | undefined,
): boolean {
  const bindings = functions.flatMap(({ metadata }) => Object.values(metadata.bindings));
  return !given && !environment[DEFAULT_STORAGE] && bindings.some(({ type }) => type === QUEUE_OUTPUT);
}

/** Says why an app that was loaded without an error has no function. */
function noFunctions(entryFiles: string, wasAsked: boolean): FunctionsHostFailure {
  const why = wasAsked
    ? 'Its entry files loaded the library and registered nothing: does "main" in package.json name every file that ' +
      'calls app.http, app.eventGrid and so on, and is the build up to date ("npm run build")?'
    : 'Nothing in it asked for @azure/functions-core, so either no file that "main" names calls app.http, ' +
      'app.eventGrid and so on (is the build up to date? "npm run build"), or the library is in its test mode ' +
      'because it was loaded by something that goes around require, or by an earlier ES module app in this process.';
  return new FunctionsHostFailure('noFunctions', `The app (${entryFiles}) has no functions. ${why}`);
}

async function lockApp(core: WorkerCore, entryFiles: string, wasAsked: boolean): Promise<ProgrammingModel> {
  core.lock();
  const model = core.programmingModel();
  if (!model || core.functions().length === 0) throw noFunctions(entryFiles, wasAsked);
  const { HttpUri } = (await model.getCapabilities?.({})) ?? {};
  if (HttpUri !== undefined) {
    throw new FunctionsHostFailure(
      'httpStreaming',
      'The app asks for HTTP streaming (app.setup({ enableHttpStream: true })), which this host does not do. ' +
        'Switch it off to run here, or use Core Tools.',
    );
  }
  return model;
}

/** Starts a host. Rejects with a FunctionsHostFailure that says what to do when the app cannot be run. */
export async function createFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const { log, clock = createSystemClock(), environment = process.env } = options;
  const say = (level: LogEntry['level'], message: string) => log({ level, category: 'system', message });
  const failed = (error: unknown) => say('error', `The Functions host itself failed: ${detailOf(error)}`);
  const undo = createUndoList(failed);
  try {
    return await start(
      { ...options, appRoot: resolve(options.appRoot), clock, environment },
      say,
      failed,
      undo,
    );
  } catch (error) {
    await undo.run();
    throw error;
  }
}

async function start(
  options: CompleteOptions,
  say: (level: LogEntry['level'], message: string) => void,
  failed: (error: unknown) => void,
  undo: ReturnType<typeof createUndoList>,
): Promise<FunctionsHost> {
  const { appRoot, clock, newId, log, environment } = options;
  const startedAt = clock.now();
  const settings = readHostSettings(appRoot);
  undo.add(applyLocalSettings(appRoot, environment, log));

  const core = createWorkerCore(log);
  const supplied = supplyCoreModule(core.module);
  undo.add(() => supplied.withdraw());
  const app = await loadApp(appRoot);
  undo.add(() => app.unload());
  const hookData = {};
  const appHooks = { hookData, appHookData: core.hooks.appHookData };
  await core.hooks.run('appStart', { ...appHooks, functionAppDirectory: appRoot });
  undo.add(() => core.hooks.run('appTerminate', appHooks));
  const model = await lockApp(core, app.entryFiles.map(({ name }) => name).join(', '), supplied.wasAsked());

  const functions = core.functions();
  const storeOf = createStores(options);
  const sendOutputs = createQueueOutputs(functions, storeOf, environment);
  const invoke = createInvoke({ core, model, clock, newId, log, sendOutputs });
  const background = createBackground(invoke);
  undo.add(() => background.idle());

  const kinds = [
    createHttpTriggers({ routePrefix: settings.routePrefix, invoke }),
    createEventGridTriggers({ invoke, clock, newId }),
    createTimerTriggers({ invoke: background.invoke, clock, environment }),
    createQueueTriggers({ environment }),
  ];
  const triggered = attachTriggers(functions, kinds);
  const queues = storeOf(DEFAULT_STORAGE);
  const adminParts = {
    queues,
    settings,
    clock,
    startedAt,
    instanceId: newId(),
    runInBackground: background.run,
  };
  const admin = createAdminEndpoint({ ...adminParts, functions: triggered });
  // HTTP functions come last: the real host also gives its own paths precedence.
  const endpoints = [admin, ...kinds.toReversed().flatMap(({ endpoint }) => endpoint ?? [])];

  const server = await startServer(options, firstOf(endpoints), failed);
  undo.add(() => closeServer(server, clock));
  for (const kind of kinds) undo.add(kind.start?.() ?? (() => {}));

  const descriptions = triggered.map(({ describe }) => describe(server.url));
  say('information', 'Worker process started and initialized.');
  for (const line of functionList(descriptions)) say('information', line);
  if (sendsToMemory(functions, environment, options.queueStore)) {
    say(
      'warning',
      'AzureWebJobsStorage is not set: queue messages are kept in memory (GET /admin/emulator/queues).',
    );
  }
  return { url: server.url, functions: descriptions, queues, close: () => undo.run() };
}

function closeServer(server: HostServer, clock: Clock): Promise<void> {
  const cancelCut = clock.at(secondsAfter(clock.now(), GRACE_SECONDS), () => server.cut());
  return server.close().finally(cancelCut);
}

/** Invocations no request waits for. They are counted, so that a host does not end in the middle of one. */
function createBackground(invoke: Invoke) {
  const running = new Set<Promise<unknown>>();
  const counted: Invoke = (fn, payload) => {
    const invocation = invoke(fn, payload).finally(() => running.delete(invocation));
    running.add(invocation);
    return invocation;
  };
  return {
    invoke: counted,
    run: (...args: Parameters<Invoke>): void => {
      void counted(...args);
    },
    idle: () => Promise.allSettled(running),
  };
}
