import * as z from 'zod';
import { messageOf } from '../../messageOf.ts';
import { FunctionsHostFailure, type StartFailure } from '../failure.ts';
import { QUEUE_OUTPUT } from '../queues/queueOutputs.ts';
import type { Binding, RegisteredFunction } from '../worker/rpc.ts';
import type { TriggeredFunction, TriggerKind } from './trigger.ts';

const isTrigger = ([, binding]: readonly [string, Binding]) => /trigger$/i.test(binding.type);
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

const reasonOf = (error: unknown) =>
  error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);

/** Bindings besides the trigger that this host would have to ignore, and therefore refuses. */
function strangeBindings(fn: RegisteredFunction): string[] {
  return Object.entries(fn.metadata.bindings)
    .filter((entry) => !isTrigger(entry))
    .filter(
      ([, { type, direction }]) => direction !== 'out' || !(same(type, 'http') || same(type, QUEUE_OUTPUT)),
    )
    .map(
      ([, { type, direction }]) =>
        `function "${fn.metadata.name}" has a binding (${direction}) of type "${type}"`,
    );
}

type Attached =
  | { readonly triggered: TriggeredFunction }
  | { readonly problem: string; readonly kind: StartFailure };

function attach(fn: RegisteredFunction, kinds: readonly TriggerKind[]): Attached {
  const { name, bindings } = fn.metadata;
  const [trigger, ...others] = Object.entries(bindings).filter(isTrigger);
  if (!trigger || others.length > 0) {
    return { kind: 'badFunction', problem: `function "${name}" needs exactly one trigger` };
  }
  const [bindingName, binding] = trigger;
  const kind = kinds.find(({ type }) => same(type, binding.type));
  if (!kind) {
    return {
      kind: 'unsupportedBinding',
      problem: `function "${name}" has a trigger of type "${binding.type}"`,
    };
  }
  const [strange] = strangeBindings(fn);
  if (strange) return { kind: 'unsupportedBinding', problem: strange };
  try {
    return { triggered: kind.add(fn, bindingName, binding) };
  } catch (error) {
    const problem = `the ${binding.type} of function "${name}" is wrong: ${reasonOf(error)}`;
    return { kind: 'badFunction', problem };
  }
}

/** Gives every function to its kind of trigger. Whatever the host cannot do is reported at once, function by function. */
export function attachTriggers(
  functions: readonly RegisteredFunction[],
  kinds: readonly TriggerKind[],
): TriggeredFunction[] {
  const attached = functions.map((fn) => attach(fn, kinds));
  const problems = attached.filter((result) => 'problem' in result);
  const [first] = problems;
  if (first) {
    const list = problems.map(({ problem }) => `- ${problem}`).join('\n');
    const supported = `${kinds.map(({ type }) => type).join(', ')}; outputs: http, ${QUEUE_OUTPUT}`;
    const message = `This host cannot run the app as it is:\n${list}\nSupported triggers: ${supported}.`;
    throw new FunctionsHostFailure(first.kind, message);
  }
  return attached.flatMap((result) => ('triggered' in result ? [result.triggered] : []));
}
