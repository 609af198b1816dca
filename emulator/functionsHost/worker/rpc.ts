/**
 * What the programming model (`@azure/functions`) and the worker tell each other. The real names live in the
 * typings of `@azure/functions-core`, which is built into Microsoft's worker and not published; these are the
 * parts of it that the library uses, read from the library's source (4.16.5).
 */
import * as z from 'zod';
import type { LogLevel } from '../log.ts';

/** A value on its way between host and function. At most one property is set. */
export interface RpcTypedData {
  readonly string?: string | null;
  readonly json?: string | null;
  readonly bytes?: Uint8Array | null;
  readonly int?: number | null;
  readonly double?: number | null;
  readonly http?: RpcHttpData | null;
}

export interface RpcNullable<Value> {
  readonly value?: Value | null;
}

/** A request when it goes in, an answer when it comes out. */
export interface RpcHttpData {
  readonly method?: string;
  readonly url?: string;
  readonly nullableHeaders?: Readonly<Record<string, RpcNullable<string>>>;
  readonly nullableQuery?: Readonly<Record<string, RpcNullable<string>>>;
  readonly nullableParams?: Readonly<Record<string, RpcNullable<string>>>;
  readonly body?: RpcTypedData | null;
  readonly statusCode?: string | null;
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly cookies?: readonly RpcHttpCookie[] | null;
}

export interface RpcHttpCookie {
  readonly name?: string | null;
  readonly value?: string | null;
  readonly domain?: RpcNullable<string> | null;
  readonly path?: RpcNullable<string> | null;
  readonly expires?: RpcNullable<{ readonly seconds?: number | null }> | null;
  readonly secure?: RpcNullable<boolean> | null;
  readonly httpOnly?: RpcNullable<boolean> | null;
  /** `none` means that the app did not say; an app that says "None" sends `explicitNone`. */
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone' | null;
  /** Seconds. */
  readonly maxAge?: RpcNullable<number> | null;
}

export interface RpcParameterBinding {
  readonly name: string;
  readonly data: RpcTypedData;
}

export interface RpcTraceContext {
  readonly traceParent: string;
  readonly traceState: string;
}

/** What wakes a function: its inputs, and what the extension says about them. */
export interface RpcInvocationRequest {
  readonly invocationId: string;
  readonly inputData: readonly RpcParameterBinding[];
  readonly triggerMetadata: Readonly<Record<string, RpcTypedData>>;
  readonly traceContext: RpcTraceContext;
}

export interface RpcInvocationResponse {
  readonly outputData?:
    | readonly { readonly name?: string | null; readonly data?: RpcTypedData | null }[]
    | null;
  readonly returnValue?: RpcTypedData | null;
}

const anyBinding = z.looseObject({
  type: z.string().min(1),
  direction: z.enum(['in', 'out', 'inout']),
});
export type Binding = z.infer<typeof anyBinding>;

/** What an app says about one function when it registers it. Bindings are kept whole: each kind has its own fields. */
export const functionMetadata = z.looseObject({
  name: z.string(),
  bindings: z.record(z.string(), anyBinding),
});
export type FunctionMetadata = z.infer<typeof functionMetadata>;

export type FunctionCallback = (...args: unknown[]) => unknown;

export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

export type InvocationPhase = 'preInvocationHooks' | 'invocation' | 'postInvocationHooks';

/** The worker's side of one invocation, as the programming model sees it. */
export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly request: RpcInvocationRequest;
  readonly metadata: FunctionMetadata;
  /** Where the invocation is; undefined between phases. The library warns about logging after the end by it. */
  state: InvocationPhase | undefined;
  log(level: LogLevel, category: string, message: string): void;
}

export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<RpcInvocationResponse>;
}

export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel | Promise<InvocationModel>;
  getCapabilities?(defaults: Record<string, string>): Promise<Record<string, string>>;
}
