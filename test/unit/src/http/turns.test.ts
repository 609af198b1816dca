import { describe, expect, it } from 'vitest';
import { createTurns, type Thing } from '../../../../src/http/turns.ts';
import { fakeClock } from '../../../support/fakeClock.ts';

const START = '2026-03-02T09:00:00Z';
const in200Seconds = new Date(Date.parse(START) + 200_000);

/** Turns of requests whose end the test decides, and who is having one. */
function world() {
  const clock = fakeClock(START);
  const turns = createTurns(clock);
  const begun: string[] = [];
  const ask = (name: string, things: readonly Thing[]) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const answer = turns.take(things, in200Seconds, async () => {
      begun.push(name);
      await promise;
      return { status: 200 };
    });
    return { answer, end: resolve };
  };
  return { clock, turns, begun, ask };
}

/** Until everything that waits for nothing but promises has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('has one at a time for each thing, in the order of their coming, and others beside it', async () => {
    const { begun, ask } = world();
    const first = ask('first', ['jobs/a']);
    const second = ask('second', ['jobs/a']);
    ask('elsewhere', ['jobs/b']);
    ask('of the same name', ['workers/a']);
    await settled();
    expect(begun).toEqual(['first', 'elsewhere', 'of the same name']);
    first.end();
    await settled();
    expect(begun).toContain('second');
    second.end();
    expect(await second.answer).toEqual({ status: 200 });
  });

  it('has whoever wants several wait for all of them, and nobody for each other', async () => {
    const { begun, ask } = world();
    const asked = [
      ask('ab', ['jobs/a', 'jobs/b']),
      ask('ba', ['jobs/b', 'jobs/a']),
      ask('cb', ['jobs/c', 'jobs/b']),
      ask('c', ['jobs/c']),
    ];
    for (const [index, { end, answer }] of asked.entries()) {
      await settled();
      expect(begun).toHaveLength(index + 1);
      end();
      await answer;
    }
    expect(begun).toEqual(['ab', 'ba', 'cb', 'c']);
  });

  it('goes on after one that failed', async () => {
    const { turns, ask } = world();
    const failed = turns.take(['jobs/a'], in200Seconds, () => Promise.reject(new Error('failed')));
    const next = ask('next', ['jobs/a']);
    await expect(failed).rejects.toThrow('failed');
    next.end();
    expect(await next.answer).toEqual({ status: 200 });
  });

  it('refuses whoever had none in his time, and lets nobody overtake those before him', async () => {
    const { clock, begun, ask } = world();
    const long = ask('long', ['jobs/a']);
    const late = ask('late', ['jobs/a', 'jobs/b']);
    clock.elapse(200_000);
    expect(await late.answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1' },
      body: expect.stringContaining(':outOfTime"'),
    });
    const behind = ask('behind', ['jobs/b']);
    await settled();
    expect(begun).toEqual(['long']);
    long.end();
    behind.end();
    await behind.answer;
    expect(begun).toEqual(['long', 'behind']);
  });
});
