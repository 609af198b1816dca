import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { idFrom, type WorkerId } from '../../../emulator/router/engine/ids.ts';
import { createEmulatorSuite } from '../../../emulator/suite.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'seeded-restart-'));
});
afterEach(() => rm(data, { recursive: true }));

/** Registers a worker in a router that is kept in the folder, and tells the id of the event about it. */
async function runOnce(worker: string): Promise<string | undefined> {
  const suite = await createEmulatorSuite({ data, seed: 'same', clock: 'manual' });
  suite.router.handle({
    type: 'UpsertWorker',
    id: idFrom<WorkerId>(worker),
    patch: { capacity: 1, availableForOffers: true },
  });
  // Nobody hears of a command before it is safe.
  await suite.router.kept();
  const id = suite.eventGrid.events().at(-1)?.id;
  await suite.close();
  return id;
}

it('gives no id twice when a seeded router is started again while its clock stands still', async () => {
  const ids = [await runOnce('worker-1'), await runOnce('worker-2'), await runOnce('worker-3')];
  expect(new Set(ids).size).toBe(3);
  expect(ids).not.toContain(undefined);
});
