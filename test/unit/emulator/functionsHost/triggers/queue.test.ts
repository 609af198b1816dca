import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../../../emulator/clock/manualClock.ts';
import { createMemoryQueues } from '../../../../../emulator/functionsHost/queues/memoryQueues.ts';
import type { QueueStore } from '../../../../../emulator/functionsHost/queues/queueStore.ts';
import { countingIds, NINE_AM, runApp } from '../support.ts';

const DRAIN = `
  app.storageQueue('drain', { queueName: 'tasks', connection: 'AzureWebJobsStorage', handler: (message, context) => {
    const { dequeueCount, id } = context.triggerMetadata;
    context.log(JSON.stringify({ message, dequeueCount, id }));
    if (message === 'fail') throw new Error('no');
  } });
`;

const hostJson = (queues: object) => ({ 'host.json': JSON.stringify({ extensions: { queues } }) });

async function run(queues: object = {}, store?: (memory: QueueStore) => QueueStore) {
  const clock = createManualClock(NINE_AM);
  const memory = createMemoryQueues(countingIds(), clock);
  const app = await runApp(DRAIN, {
    clock,
    files: hostJson(queues),
    environment: {},
    host: { queueStore: store?.(memory) ?? memory },
  });
  return { ...app, clock, memory };
}

describe('a queue trigger', () => {
  it('is handed each message once, as JSON where it is JSON', async () => {
    const { clock, memory, userLines } = await run();
    await memory.send('tasks', '{"a":1}');
    await memory.send('tasks', 'text');
    await clock.advance(60_000);
    expect(userLines()).toEqual([
      expect.stringContaining('{"message":{"a":1},"dequeueCount":1,"id":'),
      expect.stringContaining('{"message":"text","dequeueCount":1'),
    ]);
    expect(await memory.peek('tasks')).toEqual([]);
  });

  it('asks an empty queue more and more seldom, up to the interval of host.json', async () => {
    const asked: number[] = [];
    const { clock } = await run({ maxPollingInterval: '00:00:01' }, (memory) => ({
      ...memory,
      async receive() {
        asked.push(clock.now() - NINE_AM);
        return [];
      },
    }));
    await clock.advance(3_000);
    expect(asked).toEqual([0, 100, 300, 700, 1500, 2500]);
  });

  it('is handed a failed message again after the time of host.json, and then loses it to the poison queue', async () => {
    const { clock, memory, userLines, entries } = await run({
      maxPollingInterval: '00:00:01',
      visibilityTimeout: '00:00:10',
      maxDequeueCount: 3,
    });
    await memory.send('tasks', 'fail');
    await clock.advance(9_000);
    expect(userLines()).toHaveLength(1);
    await clock.advance(30_000);
    expect(userLines()).toHaveLength(3);
    expect(await memory.peek('tasks-poison')).toMatchObject([{ text: 'fail' }]);
    expect(entries.map(({ message }) => message)).toContain(
      'A message failed 3 times and is now in queue "tasks-poison"',
    );
  });

  it('gets a message that a killed host had in hand once it comes into sight again', async () => {
    const { clock, memory, userLines } = await run();
    await memory.send('tasks', 'text');
    await memory.receive('tasks', 1, 20);
    await clock.advance(10_000);
    expect(userLines()).toEqual([]);
    await clock.advance(80_000);
    expect(userLines()).toEqual([expect.stringContaining('"dequeueCount":2')]);
  });

  it('goes on when the storage comes back, and says once that it was away', async () => {
    let isAway = true;
    const { clock, memory, userLines, entries } = await run({ maxPollingInterval: '00:00:01' }, (store) => ({
      ...store,
      receive: (...asked) => (isAway ? Promise.reject(new Error('away')) : store.receive(...asked)),
    }));
    await memory.send('tasks', 'text');
    await clock.advance(5_000);
    isAway = false;
    await clock.advance(5_000);
    expect(userLines()).toHaveLength(1);
    expect(entries.filter(({ level }) => level === 'warning').map(({ message }) => message)).toEqual([
      'Queue "tasks" cannot be read, and is tried on: away',
    ]);
  });

  it('is refused a host.json that it could not heed', async () => {
    await expect(run({ messageEncoding: 'none' })).rejects.toThrow('this host reads base64 messages only');
    await expect(run({ visibilityTimeout: 'soon' })).rejects.toThrow('expected a time span such as 00:00:30');
  });
});
