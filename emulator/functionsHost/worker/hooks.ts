import type { FunctionCallback } from './rpc.ts';

export type HookName = 'appStart' | 'appTerminate' | 'preInvocation' | 'postInvocation' | 'log';

/** Data that hooks share. The object is theirs to fill; it cannot be replaced. */
export type HookData = Record<string, unknown>;

interface HookContext {
  readonly hookData: HookData;
  readonly appHookData: HookData;
}

export interface AppStartContext extends HookContext {
  readonly functionAppDirectory: string;
}

/** Hooks may replace `inputs` and `functionCallback`. */
export interface PreInvocationContext extends HookContext {
  readonly invocationContext: unknown;
  inputs: unknown[];
  functionCallback: FunctionCallback;
}

/** Hooks may replace `result` and `error`; an error left standing fails the invocation. */
export interface PostInvocationContext extends HookContext {
  readonly invocationContext: unknown;
  readonly inputs: unknown[];
  result: unknown;
  error: unknown;
}

/** Hooks may replace `level` and `message`, which counts for lines of category user only. */
export interface LogHookContext extends HookContext {
  readonly category: string;
  readonly invocationContext: unknown;
  level: string;
  message: string;
}

export type AnyHookContext =
  | HookContext
  | AppStartContext
  | PreInvocationContext
  | PostInvocationContext
  | LogHookContext;

export type HookCallback = (context: AnyHookContext) => unknown;

const HOOK_NAMES: readonly string[] = [
  'appStart',
  'appTerminate',
  'preInvocation',
  'postInvocation',
  'log',
] satisfies readonly HookName[];

export interface Hooks {
  readonly appHookData: HookData;
  /** Throws a RangeError for a name nobody runs, which is how the library recognises a host that is too old. */
  add(name: string, callback: HookCallback): () => void;
  /** Runs the hooks one after another, in the order in which they were registered. The first one to throw ends it. */
  run(name: Exclude<HookName, 'log'>, context: AnyHookContext): Promise<void>;
  /** Log hooks are not waited for: a log line is written by the time `log` returns. */
  runLog(context: LogHookContext): void;
}

export function createHooks(): Hooks {
  const registered: { readonly name: string; readonly callback: HookCallback }[] = [];
  const named = (name: HookName) => registered.filter((hook) => hook.name === name);

  return {
    appHookData: {},
    add(name, callback) {
      if (!HOOK_NAMES.includes(name)) {
        const error = new RangeError(`Unrecognized hook "${name}"`);
        throw Object.assign(error, { isAzureFunctionsSystemError: true });
      }
      const hook = { name, callback };
      registered.push(hook);
      return () => {
        const position = registered.indexOf(hook);
        if (position >= 0) registered.splice(position, 1);
      };
    },
    async run(name, context) {
      for (const hook of named(name)) await hook.callback(context);
    },
    runLog(context) {
      for (const hook of named('log')) hook.callback(context);
    },
  };
}
