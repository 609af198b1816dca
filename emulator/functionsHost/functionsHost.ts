/**
 * Runs a built function app in this process: starts the app, attaches its functions to their triggers and listens.
 * What is imitated, and what is not, is in README.md beside this file.
 */
import { resolve } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import { secondsAfter } from '../clock/instant.ts';
import { createSystemClock } from '../clock/systemClock.ts';
import { disabledWarnings } from './disabledFunctions.ts';
import { detailOf } from './failure.ts';
import { functionList } from './functionList.ts';
import { createAdminEndpoint } from './http/admin.ts';
import { createKeys, type HostKeys, lockOwnPaths } from './http/keys.ts';
import { firstOf, type HostServer, startServer } from './http/server.ts';
import type { Log, LogLevel } from './log.ts';
import { createQueueOutputs, DEFAULT_STORAGE } from './queues/queueOutputs.ts';
import type { QueueStore } from './queues/queueStore.ts';
import { createStores, usesQueues } from './queues/stores.ts';
import { applyLocalSettings, type Environment, readHostSettings } from './settings.ts';
import { attachTriggers } from './triggers/attach.ts';
import { createEventGridTriggers } from './triggers/eventGrid.ts';
import { createHttpTriggers } from './triggers/http.ts';
import { createQueueTriggers } from './triggers/queue.ts';
import { createTimerTriggers } from './triggers/timer.ts';
import type { FunctionDescription } from './triggers/trigger.ts';
import { createUndoList, type UndoList } from './undoList.ts';
import { createBackground } from './worker/background.ts';
import { createInvoke } from './worker/invocation.ts';
import type { RegisteredFunction } from './worker/rpc.ts';
import { startApp } from './worker/startApp.ts';

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
  /** Makes keys and asks for them, as Azure does. Default: no, as in Core Tools. */
  readonly functionKeys?: boolean;
}

export interface FunctionsHost {
  /** Without a slash at its end. */
  readonly url: string;
  readonly functions: readonly FunctionDescription[];
  /** What callers have to bring; absent when nobody is asked for a key. */
  readonly keys?: HostKeys;
  /** The queues behind AzureWebJobsStorage, in memory when that is not set. */
  readonly queues: QueueStore;
  /** Lets running functions end, runs the appTerminate hooks and puts the process back as it was. */
  close(): Promise<void>;
}

/** Starts a host. Rejects with a FunctionsHostFailure that says what to do when the app cannot be run. */
export async function createFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const { log, clock = createSystemClock(), environment = process.env } = options;
  const say: Say = (level, message) => log({ level, category: 'system', message });
  const failed = (error: unknown) => say('error', `The Functions host itself failed: ${detailOf(error)}`);
  const undo = createUndoList(failed);
  const appRoot = resolve(options.appRoot);
  try {
    return await start({ ...options, appRoot, clock, environment, say, failed, undo });
  } catch (error) {
    await undo.run();
    throw error;
  }
}

type Say = (level: LogLevel, message: string) => void;

interface Start extends FunctionsHostOptions {
  readonly clock: Clock;
  readonly environment: Environment;
  readonly say: Say;
  readonly failed: (error: unknown) => void;
  readonly undo: UndoList;
}

async function start(parts: Start): Promise<FunctionsHost> {
  const { appRoot, clock, newId, log, environment, say, failed, undo } = parts;
  const startedAt = clock.now();
  const settings = readHostSettings(appRoot);
  undo.add(applyLocalSettings(appRoot, environment, log));
  const { core, model } = await startApp(appRoot, log, undo);

  const functions = core.functions();
  const keys = parts.functionKeys ? createKeys(calledOverHttp(functions), newId) : undefined;
  const storeOf = createStores(parts);
  const sendOutputs = createQueueOutputs(functions, storeOf, environment);
  const invoke = createInvoke({ core, model, clock, newId, log, sendOutputs });
  const background = createBackground(invoke);
  undo.add(background.idle);

  const kinds = [
    createEventGridTriggers({ invoke, clock, newId, key: keys?.eventGrid }),
    createTimerTriggers({ invoke: background.invoke, clock, environment }),
    createQueueTriggers({
      invoke: background.invoke,
      clock,
      environment,
      settings: settings.queues,
      storeOf,
      log,
    }),
    createHttpTriggers({ routePrefix: settings.routePrefix, invoke, keys }),
  ];
  const triggered = attachTriggers(functions, kinds);
  const queues = storeOf(DEFAULT_STORAGE);
  const instance = { startedAt, instanceId: newId(), runInBackground: background.run };
  const admin = createAdminEndpoint({ functions: triggered, queues, settings, clock, ...instance });
  // The host's own paths come first and HTTP functions last, so that no route can take them away.
  const endpoints = [
    ...(keys ? [lockOwnPaths(keys)] : []),
    admin,
    ...kinds.flatMap(({ endpoint }) => endpoint ?? []),
  ];

  const server = await startServer(parts, firstOf(endpoints), failed);
  undo.add(() => closeServer(server, clock));
  for (const kind of kinds) if (kind.start) undo.add(kind.start());

  const descriptions = triggered.map(({ describe }) => describe(server.url));
  say('information', 'Worker process started and initialized.');
  for (const line of functionList(descriptions)) say('information', line);
  for (const line of warningsFor(functions, parts)) say('warning', line);
  return { url: server.url, functions: descriptions, queues, ...(keys && { keys }), close: undo.run };
}

/** Names of the functions that a key can be for. */
const calledOverHttp = (functions: readonly RegisteredFunction[]): string[] =>
  functions
    .map(({ metadata }) => metadata)
    .filter(({ bindings }) => Object.values(bindings).some(({ type }) => type === 'httpTrigger'))
    .map(({ name }) => name);

/** What is otherwise than the app's settings, or their absence, make one expect. */
function warningsFor(functions: readonly RegisteredFunction[], { environment, queueStore }: Start): string[] {
  const warnings = disabledWarnings(functions, environment);
  if (usesQueues(functions) && !queueStore && !environment[DEFAULT_STORAGE]) {
    warnings.push(
      `${DEFAULT_STORAGE} is not set: queue messages are kept in memory (GET /admin/emulator/queues).`,
    );
  }
  return warnings;
}

function closeServer(server: HostServer, clock: Clock): Promise<void> {
  const cancelCut = clock.at(secondsAfter(clock.now(), GRACE_SECONDS), server.cut);
  return server.close().finally(cancelCut);
}
