/**
 * The module an app gets for `require('@azure/functions-core')`, and what the app did with it. Registration is
 * open until `lock`, as in Microsoft's worker, which also refuses a second function of the same name; the library
 * itself does neither.
 */
import { type LogEntry, type LogLevel, logLevel } from '../log.ts';
import { createHooks, type HookCallback, type HookData, type Hooks } from './hooks.ts';
import {
  type FunctionCallback,
  functionMetadata,
  type ProgrammingModel,
  type RegisteredFunction,
} from './rpc.ts';

/** Said to apps that ask. The host imitates major version 4; the worker contract is that of 3.x. */
export const HOST_VERSION = '4.0.0';
const WORKER_VERSION = '3.0.0';

/** The host's own rule for names. */
const FUNCTION_NAME = /^[A-Za-z][\w-]{0,127}$/;

class Disposable {
  readonly #undo: () => unknown;

  static from(...parts: { dispose: () => unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) part.dispose();
    });
  }

  constructor(undo: () => unknown) {
    this.#undo = undo;
  }

  dispose(): unknown {
    return this.#undo();
  }
}

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

export function createWorkerCore(write: (entry: LogEntry) => void): WorkerCore {
  const hooks = createHooks();
  const registered = new Map<string, RegisteredFunction>();
  let model: ProgrammingModel | undefined;
  let isLocked = false;

  function registerFunction(given: unknown, callback: FunctionCallback): Disposable {
    if (isLocked) throw new Error('A function can only be registered during app startup.');
    const metadata = functionMetadata.parse(given);
    const { name } = metadata;
    if (!FUNCTION_NAME.test(name)) {
      throw new Error(`"${name}" is no function name: a letter, then up to 127 letters, digits, "_" or "-".`);
    }
    if (registered.has(name)) throw new Error(`A function named "${name}" has already been registered.`);
    if (typeof callback !== 'function')
      throw new Error(`The handler of function "${name}" is not a function.`);
    registered.set(name, { metadata, callback });
    return new Disposable(() => {
      if (isLocked) throw new Error('A function can only be disposed during app startup.');
      registered.delete(name);
    });
  }

  function log(level: LogLevel, category: string, message: string, origin?: LogOrigin): void {
    const context = {
      level: level as string,
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
  }

  return {
    module: {
      version: WORKER_VERSION,
      hostVersion: HOST_VERSION,
      Disposable,
      setProgrammingModel(given: ProgrammingModel) {
        model = given;
      },
      getProgrammingModel: () => model,
      registerFunction,
      registerHook: (name: string, callback: HookCallback) => new Disposable(hooks.add(name, callback)),
      log: (level: LogLevel, category: string, message: string) => log(level, category, message),
    },
    hooks,
    functions: () => [...registered.values()],
    programmingModel: () => model,
    lock() {
      isLocked = true;
    },
    log,
  };
}
