import type { Endpoint } from '../http/exchange.ts';
import type { TriggerPayload } from '../worker/invocation.ts';
import type { Binding, RegisteredFunction } from '../worker/rpc.ts';

/** The kinds of trigger this host can pull or at least list. */
export type TriggerType = 'httpTrigger' | 'eventGridTrigger' | 'timerTrigger' | 'queueTrigger';

/** A function as it is listed. */
export interface FunctionDescription {
  readonly name: string;
  readonly triggerType: TriggerType;
  /** HTTP methods in capitals; empty for what is not called over HTTP, and for a function that takes all of them. */
  readonly methods: readonly string[];
  /** Where it can be called; Event Grid functions have the address of their webhook. */
  readonly urls: readonly string[];
  /** What a person should know, for example that this host does not wake the function by itself. */
  readonly note?: string;
}

export interface TriggeredFunction {
  readonly fn: RegisteredFunction;
  /** `baseUrl` is that of the host, without a slash at its end. */
  describe(baseUrl: string): FunctionDescription;
  /** What `POST /admin/functions/{name}` stands for, given its input text. Throws when the text will not do. */
  payloadOf(input: string): TriggerPayload;
}

/** One kind of trigger: takes the functions that have it, and pulls it. */
export interface TriggerKind {
  readonly type: TriggerType;
  /** Takes a function in. Throws when its trigger binding is wrong. */
  add(fn: RegisteredFunction, bindingName: string, binding: Binding): TriggeredFunction;
  /** The requests that pull triggers of this kind. */
  readonly endpoint?: Endpoint;
  /** Starts whatever pulls triggers by itself; the answer stops it. */
  start?(): () => void | Promise<void>;
}

/** What the host's log gives as reason when a function is started by hand. */
export const CALLED_BY_HAND = 'This function was programmatically called via the host APIs.';
