import { describe, expect, it } from 'vitest';
import { createOperations, type OperationWork } from '../../../../../src/http/routing/operations.ts';
import type { Ending } from '../../../../../src/http/routing/provisioned.ts';
import { fakeClock } from '../../../../support/fakeClock.ts';

const applied: Ending = {
  kind: 'applied',
  answer: {
    created: ['queues/q'],
    updated: [],
    adopted: [],
    deleted: [],
    unchanged: [],
    notes: {},
    refused: [],
    warnings: [],
    automation: { inForce: true },
  },
};
const gone: Ending = {
  kind: 'problem',
  problem: { name: 'routerUnavailable', status: 503, detail: 'It does not answer.' },
};

function world() {
  let ids = 0;
  const reported: unknown[] = [];
  const operations = createOperations({
    clock: fakeClock('2026-03-02T09:00:00Z'),
    newId: () => `operation-${++ids}`,
    requestsPer10Seconds: 1_000,
    report: (failure) => reported.push(failure),
  });
  return { operations, reported };
}

/** Work that goes on until it is told how it ends. */
function work(likeness: string) {
  const { promise, resolve, reject } = Promise.withResolvers<Ending>();
  let told: (done: number) => void = () => undefined;
  const run: OperationWork['run'] = (onDone) => {
    told = onDone;
    return promise;
  };
  const settled = async (settle: () => void) => {
    settle();
    await promise.catch(() => undefined);
    await Promise.resolve();
  };
  return {
    asked: { likeness, total: 3, run },
    progress: (done: number) => told(done),
    end: (ending: Ending) => settled(() => resolve(ending)),
    fail: (failure: Error) => settled(() => reject(failure)),
  };
}

describe('a document that is applied after the answer', () => {
  it('tells how far it is, and how it ended', async () => {
    const { operations } = world();
    const one = work('one');
    expect(operations.begin(one.asked)).toEqual({
      id: 'operation-1',
      status: 'running',
      startedAt: '2026-03-02T09:00:00.000Z',
      done: 0,
      total: 3,
    });
    one.progress(2);
    expect(operations.find('operation-1')).toMatchObject({ status: 'running', done: 2 });
    await one.end(applied);
    expect(operations.find('operation-1')).toMatchObject({
      status: 'succeeded',
      endedAt: expect.any(String),
      result: { created: ['queues/q'] },
    });
  });

  it('that fails tells the problem that the answer would have been', async () => {
    const { operations } = world();
    const one = work('one');
    operations.begin(one.asked);
    await one.end(gone);
    expect(operations.find('operation-1')).toMatchObject({
      status: 'failed',
      problem: { status: 503, detail: 'It does not answer.' },
    });
  });

  it('that fails as nobody foresaw tells nothing of it, and the log does', async () => {
    const { operations, reported } = world();
    const one = work('one');
    operations.begin(one.asked);
    const failure = new Error('swordfish');
    await one.fail(failure);
    const view = operations.find('operation-1');
    expect(view).toMatchObject({ status: 'failed', problem: { status: 500 } });
    expect(JSON.stringify(view)).not.toContain('swordfish');
    expect(reported).toEqual([failure]);
  });

  it('is not begun again while it is under way, and is afterwards', async () => {
    const { operations } = world();
    const [first, second] = [work('one'), work('one')];
    operations.begin(first.asked);
    expect(operations.begin(second.asked)).toMatchObject({ id: 'operation-1' });
    await first.end(applied);
    expect(operations.begin(second.asked)).toMatchObject({ id: 'operation-2' });
  });

  it('has to wait for others where four are under way', async () => {
    const { operations } = world();
    const four = ['a', 'b', 'c', 'd'].map(work);
    for (const { asked } of four) expect(operations.begin(asked)).toBeDefined();
    expect(operations.begin(work('e').asked)).toBeUndefined();
    await four[0]?.end(applied);
    expect(operations.begin(work('e').asked)).toBeDefined();
  });

  it('is forgotten once a hundred others are over', async () => {
    const { operations } = world();
    for (let number = 0; number < 101; number += 1) {
      const one = work('one');
      operations.begin(one.asked);
      await one.end(applied);
    }
    expect(operations.find('operation-1')).toBeUndefined();
    expect(operations.find('operation-2')).toMatchObject({ status: 'succeeded' });
  });
});
