/**
 * The W3C trace context of what is handled now. The app makes no spans of its own: it hands on what it was given, in
 * its log and to whomever it calls, so that one trace holds an event and what it caused.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

const traceparentPattern = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Runs `run` in the trace that `traceparent` names; in the one there is, where it names none. */
export const inTrace = <Result>(traceparent: string | undefined, run: () => Result): Result =>
  traceparent !== undefined && traceparentPattern.test(traceparent) ? current.run(traceparent, run) : run();

/** The header for calls to others, as it came. */
export const currentTraceparent = (): string | undefined => current.getStore();

/** What all parts of a trace have in common: 32 hexadecimal digits. */
export const currentTraceId = (): string | undefined =>
  traceparentPattern.exec(current.getStore() ?? '')?.[1];
