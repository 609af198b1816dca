/** Storage-queue triggers: listed and runnable by hand. This host does not poll queues, and says so. */
import * as z from 'zod';
import { type Environment, resolveSettings } from '../settings.ts';
import type { TriggerKind } from './trigger.ts';
import { CALLED_BY_HAND } from './trigger.ts';

const queueBinding = z.looseObject({ queueName: z.string().min(1) });

export function createQueueTriggers({ environment }: { readonly environment: Environment }): TriggerKind {
  return {
    type: 'queueTrigger',
    add(fn, bindingName, binding) {
      const { name } = fn.metadata;
      const queue = resolveSettings(queueBinding.parse(binding).queueName, environment);
      const note = `NOT POLLED: this host does not read queue "${queue}"; run it with POST /admin/functions/${name}`;
      return {
        fn,
        describe: () => ({ name, triggerType: 'queueTrigger', methods: [], urls: [], note }),
        payloadOf: (input) => ({
          inputData: [{ name: bindingName, data: { string: input } }],
          triggerMetadata: { QueueTrigger: { string: input }, DequeueCount: { int: 1 } },
          reason: CALLED_BY_HAND,
        }),
      };
    },
  };
}
