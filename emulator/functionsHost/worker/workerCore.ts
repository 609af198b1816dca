/** The module an app gets for `require('@azure/functions-core')`, and what the app did with it. */
import { type LogEntry, type LogLevel, logLevel } from '../log.ts';
import { Disposable } from './disposable.ts';
import { createHooks, type HookCallback, type HookData, type Hooks, type LogHookContext } from './hooks.ts';
import { createRegistry } from './registry.ts';
import type { ProgrammingModel, RegisteredFunction } from './rpc.ts';

/** Said to apps that ask. The host imitates major version 4; the worker contract is that of 3.x. */
export const HOST_VERSION = '4.0.0';
const WORKER_VERSION = '3.0.0';

/** Which invocation a log line belongs to, and what its hooks share. */
export interface LogOrigin {
  readonly functionName: string;
  readonly invocationId: string;
  readonly hookData: HookData;
  readonly invocationContext: unknown;
}

export interface WorkerCore {
  /** What `require('@azure/functions-core')` answers. */
  readonly module: object;
  readonly hooks: Hooks;
  functions(): readonly RegisteredFunction[];
  programmingModel(): ProgrammingModel | undefined;
  /** From now on registering a function is an error. */
  lock(): void;
  /** Writes a log line of the app or of the library, after the app's log hooks have seen it. */
  log(level: LogLevel, category: string, message: string, origin?: LogOrigin): void;
}

/** Makes the `log` of a core: hooks see every line, and what they change counts for lines of the app only. */
function createLog(write: (entry: LogEntry) => void, hooks: Hooks): WorkerCore['log'] {
  return (level, category, message, origin) => {
    const context: LogHookContext = {
      level,
      message,
      category,
      hookData: origin?.hookData ?? {},
      appHookData: hooks.appHookData,
      invocationContext: origin?.invocationContext,
    };
    hooks.runLog(context);
    const isUser = category === 'user';
    write({
      level: isUser ? logLevel.catch(level).parse(context.level) : level,
      category: isUser ? 'user' : 'system',
      ...(origin && { functionName: origin.functionName, invocationId: origin.invocationId }),
      message: isUser ? context.message : message,
    });
  };
}

export function createWorkerCore(write: (entry: LogEntry) => void): WorkerCore {
  const hooks = createHooks();
  const registry = createRegistry();
  const log = createLog(write, hooks);
  let model: ProgrammingModel | undefined;

  return {
    module: {
      version: WORKER_VERSION,
      hostVersion: HOST_VERSION,
      Disposable,
      setProgrammingModel(given: ProgrammingModel) {
        model = given;
      },
      getProgrammingModel: () => model,
      registerFunction: registry.register,
      registerHook: (name: string, callback: HookCallback) => new Disposable(hooks.add(name, callback)),
      log: (level: LogLevel, category: string, message: string) => log(level, category, message),
    },
    hooks,
    functions: registry.functions,
    programmingModel: () => model,
    lock: registry.lock,
    log,
  };
}
