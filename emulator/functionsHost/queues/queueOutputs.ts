/** The storage-queue output binding: from what a function left in it to messages in a queue. */
import * as z from 'zod';
import { messageOf } from '../../messageOf.ts';
import { FunctionsHostFailure } from '../failure.ts';
import { type Environment, resolveSettings } from '../settings.ts';
import type { RegisteredFunction, RpcInvocationResponse, RpcTypedData } from '../worker/rpc.ts';
import type { QueueStore } from './queueStore.ts';

export const QUEUE_OUTPUT = 'queue';

/** The setting a queue binding means when it names none. */
export const DEFAULT_STORAGE = 'AzureWebJobsStorage';

const RETURN_BINDING = '$return';

/** The service's rule: 3 to 63 lower-case letters, digits and single hyphens, none of them at an end. */
const QUEUE_NAME = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;

const queueBinding = z.looseObject({
  queueName: z.string().min(1),
  connection: z.string().default(DEFAULT_STORAGE),
});

/** Finds the store behind a setting such as AzureWebJobsStorage. */
export type StoreOf = (connection: string) => QueueStore;

interface QueueOutput {
  readonly binding: string;
  readonly queue: string;
  readonly store: QueueStore;
}

function outputOf(binding: string, given: unknown, storeOf: StoreOf, environment: Environment): QueueOutput {
  const { queueName, connection } = queueBinding.parse(given);
  const queue = resolveSettings(queueName, environment);
  if (!QUEUE_NAME.test(queue)) throw new Error(`"${queue}" is no queue name`);
  return { binding, queue, store: storeOf(resolveSettings(connection, environment)) };
}

const jsonMessage = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * The messages a value stands for. An array becomes one message per element, as the host does for collections.
 * Where we guessed: the host also looks for an array inside a string; we send a string as it is.
 */
export function messagesIn(data: RpcTypedData): string[] {
  if (typeof data.string === 'string') return [data.string];
  if (typeof data.json === 'string') {
    const value: unknown = JSON.parse(data.json);
    return Array.isArray(value) ? value.map(jsonMessage) : [data.json];
  }
  if (data.bytes) return [Buffer.from(data.bytes).toString('utf8')];
  const number = data.int ?? data.double;
  return number === null || number === undefined ? [] : [String(number)];
}

async function send(store: QueueStore, queue: string, text: string): Promise<void> {
  try {
    await store.send(queue, text);
  } catch (error) {
    const message = `The message for queue "${queue}" could not be stored: ${messageOf(error)}`;
    throw new Error(message, { cause: error });
  }
}

/**
 * Reads the queue outputs of every function once, so that a wrong binding stops the start and not the first message.
 * The returned function sends what one invocation left in them.
 */
export function createQueueOutputs(
  functions: readonly RegisteredFunction[],
  storeOf: StoreOf,
  environment: Environment,
): (fn: RegisteredFunction, response: RpcInvocationResponse) => Promise<void> {
  const outputs = new Map<RegisteredFunction, readonly QueueOutput[]>();
  for (const fn of functions) {
    const bindings = Object.entries(fn.metadata.bindings).filter(([, { type }]) => type === QUEUE_OUTPUT);
    try {
      outputs.set(
        fn,
        bindings.map(([name, binding]) => outputOf(name, binding, storeOf, environment)),
      );
    } catch (error) {
      const message = `The queue output of function "${fn.metadata.name}" is wrong: ${messageOf(error)}`;
      throw new FunctionsHostFailure('badFunction', message, { cause: error });
    }
  }

  return async (fn, response) => {
    for (const { binding, queue, store } of outputs.get(fn) ?? []) {
      const data =
        binding === RETURN_BINDING
          ? response.returnValue
          : response.outputData?.find((output) => output.name === binding)?.data;
      for (const text of data ? messagesIn(data) : []) await send(store, queue, text);
    }
  };
}
