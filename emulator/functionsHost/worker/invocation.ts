/**
 * One invocation, in the order of Microsoft's worker: arguments, hooks before, the function, hooks after, answer;
 * and around it what the host adds, the two log lines and the output bindings. A failure anywhere fails the
 * invocation and is logged; how that is answered is the trigger's business.
 */
import type { Clock } from '../../clock/clock.ts';
import { messageOf } from '../../messageOf.ts';
import { detailOf } from '../failure.ts';
import type { Log, LogLevel } from '../log.ts';
import type { HookData, PostInvocationContext, PreInvocationContext } from './hooks.ts';
import type {
  CoreInvocationContext,
  InvocationModel,
  ProgrammingModel,
  RegisteredFunction,
  RpcInvocationResponse,
  RpcParameterBinding,
  RpcTraceContext,
  RpcTypedData,
} from './rpc.ts';
import type { WorkerCore } from './workerCore.ts';

/** What a trigger hands over when it pulls. */
export interface TriggerPayload {
  readonly inputData: readonly RpcParameterBinding[];
  readonly triggerMetadata: Readonly<Record<string, RpcTypedData>>;
  readonly traceContext?: RpcTraceContext;
  /** Why the function runs, for the log. */
  readonly reason: string;
}

export type InvocationResult =
  | { readonly succeeded: true; readonly response: RpcInvocationResponse }
  | { readonly succeeded: false; readonly error: unknown };

export type Invoke = (fn: RegisteredFunction, payload: TriggerPayload) => Promise<InvocationResult>;

/** What the host says of a failed invocation; the thrown message follows it in our answers and log. */
export const failureHeadline = (fn: RegisteredFunction) =>
  `Exception while executing function: Functions.${fn.metadata.name}`;

export interface InvocationParts {
  readonly core: WorkerCore;
  readonly model: ProgrammingModel;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
  /** Sends what the function put into its output bindings; rejects when that cannot be done. */
  readonly sendOutputs: (fn: RegisteredFunction, response: RpcInvocationResponse) => Promise<void>;
}

const NO_TRACE: RpcTraceContext = { traceParent: '', traceState: '' };

/** What the worker does in one invocation; whatever goes wrong is thrown. */
function createRun({ core, model, sendOutputs }: InvocationParts) {
  async function runHooksBefore(before: PreInvocationContext, coreContext: CoreInvocationContext) {
    await inPhase(coreContext, 'preInvocationHooks', () => core.hooks.run('preInvocation', before));
    return before;
  }

  return async (fn: RegisteredFunction, invocationId: string, payload: TriggerPayload) => {
    const hookData: HookData = {};
    const origin = { functionName: fn.metadata.name, invocationId, hookData };
    let invocationContext: unknown;
    const coreContext: CoreInvocationContext = {
      invocationId,
      request: {
        invocationId,
        inputData: payload.inputData,
        triggerMetadata: payload.triggerMetadata,
        traceContext: payload.traceContext ?? NO_TRACE,
      },
      metadata: fn.metadata,
      state: undefined,
      log: (level: LogLevel, category: string, message: string) =>
        core.log(level, category, message, { ...origin, invocationContext }),
    };

    const invocation = await model.getInvocationModel(coreContext);
    const { context, inputs } = await invocation.getArguments();
    invocationContext = context;
    const shared = { hookData, appHookData: core.hooks.appHookData, invocationContext };
    const before = await runHooksBefore({ ...shared, inputs, functionCallback: fn.callback }, coreContext);
    const after = await callFunction(invocation, coreContext, before);
    await inPhase(coreContext, 'postInvocationHooks', () => core.hooks.run('postInvocation', after));
    if (after.error !== null && after.error !== undefined) throw after.error;
    const response = await invocation.getResponse(context, after.result);
    await sendOutputs(fn, response);
    return response;
  };
}

/** Adds what the host does around it: the two log lines, and a result instead of a throw. */
export function createInvoke(parts: InvocationParts): Invoke {
  const { clock, newId, log } = parts;
  const run = createRun(parts);

  return async (fn, payload) => {
    const invocationId = newId();
    const name = fn.metadata.name;
    const say = (level: LogLevel, message: string) =>
      log({ level, category: 'system', functionName: name, invocationId, message });
    const started = clock.now();
    const end = (outcome: string) =>
      `Executed 'Functions.${name}' (${outcome}, Id=${invocationId}, Duration=${Math.round(clock.now() - started)}ms)`;

    say('information', `Executing 'Functions.${name}' (Reason='${payload.reason}', Id=${invocationId})`);
    try {
      const response = await run(fn, invocationId, payload);
      say('information', end('Succeeded'));
      return { succeeded: true, response };
    } catch (error) {
      say('error', `${end('Failed')}\n${failureHeadline(fn)}. ${detailOf(error)}`);
      return { succeeded: false, error };
    }
  };
}

async function inPhase(
  context: CoreInvocationContext,
  phase: NonNullable<CoreInvocationContext['state']>,
  run: () => Promise<void>,
): Promise<void> {
  context.state = phase;
  try {
    await run();
  } finally {
    context.state = undefined;
  }
}

/** Calls the function and keeps what it threw, because the hooks that follow may turn it into something else. */
async function callFunction(
  invocation: InvocationModel,
  coreContext: CoreInvocationContext,
  before: PreInvocationContext,
): Promise<PostInvocationContext> {
  const { hookData, appHookData, invocationContext, inputs, functionCallback } = before;
  const after = { hookData, appHookData, invocationContext, inputs, result: null, error: null };
  try {
    coreContext.state = 'invocation';
    const result = await invocation.invokeFunction(invocationContext, inputs, functionCallback);
    return { ...after, result };
  } catch (error) {
    return { ...after, error: error ?? new Error(messageOf(error)) };
  } finally {
    coreContext.state = undefined;
  }
}
