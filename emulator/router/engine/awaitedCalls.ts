import type { OutsideOutcome } from './commands.ts';
import type { OutsideCall } from './engine.ts';
import { idFrom, type JobId, type OutsideCallId } from './ids.ts';
import type { OutsideRule } from './model/rules.ts';
import type { Json } from './model/values.ts';
import type { Turn } from './store.ts';

/** What the engine wanted to know, and therefore what it does with the answer. */
export type CallPurpose =
  /** A rule of the classification attempt of this number. */
  | {
      readonly kind: 'classification';
      readonly jobId: JobId;
      readonly attempt: number;
      /** The rule's place in the policy. */
      readonly target: string;
    }
  /** The scores of the workers that could be offered this job. */
  | { readonly kind: 'scoring'; readonly jobId: JobId };

export interface AwaitedCall {
  readonly call: OutsideCall;
  readonly purpose: CallPurpose;
}

/** Has a rule's function or webhook asked; the answer comes back as `OutsideCallAnswered`. */
export function callOutside(
  turn: Turn,
  rule: OutsideRule,
  payload: Json,
  purpose: CallPurpose,
): OutsideCallId {
  const callId = idFrom<OutsideCallId>(turn.ports.newId());
  const call: OutsideCall = { callId, rule, payload };
  turn.store.awaitedCalls.set(callId, { call, purpose });
  turn.calls.push(call);
  return callId;
}

/** What an answered call was about; undefined when nobody waits for its answer any more. */
export function takeAwaited(turn: Turn, callId: OutsideCallId): AwaitedCall | undefined {
  const awaited = turn.store.awaitedCalls.get(callId);
  turn.store.awaitedCalls.delete(callId);
  return awaited;
}

export type { OutsideOutcome };
