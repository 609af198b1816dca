import type { Clock } from '../../clock/clock.ts';
import type { Environment } from '../settings.ts';
import type { RegisteredFunction } from '../worker/rpc.ts';
import { createMemoryQueues } from './memoryQueues.ts';
import { QUEUE_OUTPUT, type StoreOf } from './queueOutputs.ts';
import type { QueueStore } from './queueStore.ts';
import { createStorageQueues } from './storageQueues.ts';

interface Parts {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Stands in for every store. */
  readonly queueStore?: QueueStore;
}

/** One store per connection string: the real queues where a setting holds one, memory where the setting is empty. */
export function createStores({ environment, clock, newId, queueStore }: Parts): StoreOf {
  const stores = new Map<string, QueueStore>();
  return (connection) => {
    if (queueStore) return queueStore;
    const connectionString = environment[connection] ?? '';
    const store =
      stores.get(connectionString) ??
      (connectionString === ''
        ? createMemoryQueues(newId, clock)
        : createStorageQueues(connectionString, clock));
    stores.set(connectionString, store);
    return store;
  };
}

/** Whether any function of an app is woken by a queue or writes into one. */
export const usesQueues = (functions: readonly RegisteredFunction[]): boolean =>
  functions.some(({ metadata }) =>
    Object.values(metadata.bindings).some(({ type }) => type === QUEUE_OUTPUT || type === 'queueTrigger'),
  );
