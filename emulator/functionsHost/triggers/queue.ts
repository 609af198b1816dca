/** Storage-queue triggers: polled, and runnable by hand. */
import * as z from 'zod';
import type { Clock } from '../../clock/clock.ts';
import type { Instant } from '../../clock/instant.ts';
import type { Log } from '../log.ts';
import { DEFAULT_STORAGE, type StoreOf } from '../queues/queueOutputs.ts';
import { startQueuePoller } from '../queues/queuePoller.ts';
import type { QueueSettings } from '../queues/queueSettings.ts';
import type { ReceivedMessage } from '../queues/queueStore.ts';
import { type Environment, resolveSettings } from '../settings.ts';
import type { Invoke, TriggerPayload } from '../worker/invocation.ts';
import type { RegisteredFunction } from '../worker/rpc.ts';
import { CALLED_BY_HAND, type TriggerKind } from './trigger.ts';

const queueBinding = z.looseObject({
  queueName: z.string().min(1),
  connection: z.string().default(DEFAULT_STORAGE),
});

interface QueueFunction {
  readonly fn: RegisteredFunction;
  readonly bindingName: string;
  readonly queue: string;
  readonly connection: string;
}

interface Parts {
  readonly invoke: Invoke;
  readonly clock: Clock;
  readonly environment: Environment;
  readonly settings: QueueSettings;
  readonly storeOf: StoreOf;
  readonly log: Log;
}

const iso = (when: Instant) => ({ string: new Date(when).toISOString() });

/** A message as the extension hands it over. */
function payload({ bindingName, queue }: QueueFunction, message: ReceivedMessage): TriggerPayload {
  return {
    inputData: [{ name: bindingName, data: { string: message.text } }],
    triggerMetadata: {
      QueueTrigger: { string: message.text },
      DequeueCount: { int: message.dequeueCount },
      Id: { string: message.id },
      PopReceipt: { string: message.receipt },
      InsertionTime: iso(message.insertedAt),
      NextVisibleTime: iso(message.visibleAt),
    },
    reason: `New queue message detected on '${queue}'.`,
  };
}

export function createQueueTriggers(parts: Parts): TriggerKind {
  const { invoke, clock, environment, settings, storeOf, log } = parts;
  const targets: QueueFunction[] = [];

  const start = (target: QueueFunction) =>
    startQueuePoller({
      queue: target.queue,
      store: storeOf(target.connection),
      clock,
      settings,
      handle: async (message) => (await invoke(target.fn, payload(target, message))).succeeded,
      warn: (message) => log({ level: 'warning', category: 'system', message }),
    });

  return {
    type: 'queueTrigger',
    add(fn, bindingName, binding) {
      const { name } = fn.metadata;
      const { queueName, connection } = queueBinding.parse(binding);
      const queue = resolveSettings(queueName, environment);
      targets.push({ fn, bindingName, queue, connection: resolveSettings(connection, environment) });
      return {
        fn,
        describe: () => ({
          name,
          triggerType: 'queueTrigger',
          methods: [],
          urls: [],
          note: `polls queue "${queue}"`,
        }),
        payloadOf: (input) => ({
          inputData: [{ name: bindingName, data: { string: input } }],
          triggerMetadata: { QueueTrigger: { string: input }, DequeueCount: { int: 1 } },
          reason: CALLED_BY_HAND,
        }),
      };
    },
    start() {
      const stops = targets.map(start);
      return async () => {
        await Promise.all(stops.map((stop) => stop()));
      };
    },
  };
}
