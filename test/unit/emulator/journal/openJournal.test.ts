import { appendFile, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../emulator/chance.ts';
import { idFrom, type JobId, type OfferId, type WorkerId } from '../../../../emulator/router/engine/ids.ts';
import { fill, jobIds, newFolder, openRouter, removeFolder } from '../../../support/durableRouter.ts';

let folder: string;
const journal = (generation = 1) => join(folder, `journal-00000${generation}.log`);

beforeEach(async () => {
  folder = await newFolder();
});
afterEach(() => removeFolder(folder));

describe('a router that is opened again', () => {
  it('is what it was, to the last member', async () => {
    const before = await openRouter(folder);
    expect(before.notices).toEqual([]);
    await fill(before, 5);
    const state = before.state();
    await before.router.close();

    const after = await openRouter(folder);
    expect(after.state()).toBe(state);
    expect(after.notices).toEqual([expect.stringMatching(/^Recovered \d+ commands$/)]);
    await after.router.close();
  });

  it('tells no fact a second time, and goes on with what was pending', async () => {
    const before = await openRouter(folder);
    await fill(before, 1);
    const [offer] = before.router.read.workers().flatMap(({ offers }) => offers);
    await before.router.close();

    const after = await openRouter(folder);
    expect(after.facts).toEqual([]);
    await after.clock.advance(60_000);
    await after.router.kept();
    expect(after.facts.map(({ type }) => type)).toEqual(['WorkerOfferExpired', 'WorkerDeregistered']);
    expect(after.facts[0]).toMatchObject({ offer: { offerId: offer?.offerId } });
    await after.router.close();
  });

  it('takes up an open offer where it was left', async () => {
    const before = await openRouter(folder);
    await fill(before, 2);
    const offerId = idFrom<OfferId>(String(before.router.read.workers()[0]?.offers[0]?.offerId));
    await before.router.close();

    const after = await openRouter(folder);
    const workerId = idFrom<WorkerId>('worker');
    expect(after.router.handle({ type: 'AcceptOffer', workerId, offerId })).toMatchObject({ ok: true });
    expect(after.router.handle({ type: 'AcceptOffer', workerId, offerId })).toMatchObject({ ok: false });
    await after.router.close();
  });

  it('writes its state when the journal has grown, and forgets older generations but one', async () => {
    const before = await openRouter(folder, 500);
    await fill(before, 20);
    const state = before.state();
    await before.router.close();
    const names = (await readdir(folder)).sort();
    expect(names).toHaveLength(4);

    const after = await openRouter(folder, 500);
    expect(after.state()).toBe(state);
    await after.router.close();
  });

  it('goes back to the state before when the newest one is damaged, and loses nothing', async () => {
    const before = await openRouter(folder, 2000);
    await fill(before, 20);
    const state = before.state();
    await before.router.close();
    const [newest = ''] = (await readdir(folder))
      .filter((name) => name.startsWith('state-'))
      .sort()
      .reverse();
    await flip(join(folder, newest), 300);

    const after = await openRouter(folder);
    expect(after.state()).toBe(state);
    expect(after.notices[0]).toContain(`${newest} is damaged`);
    await after.router.close();
  });

  it.each(['state-', 'journal-'])('says so when the spare %s is damaged, and loses nothing', async (kind) => {
    const before = await openRouter(folder, 1000);
    await fill(before, 20);
    const state = before.state();
    await before.router.close();
    const [spare = ''] = (await readdir(folder)).filter((name) => name.startsWith(kind)).sort();
    await flip(join(folder, spare), 60);

    const after = await openRouter(folder);
    expect(after.state()).toBe(state);
    expect(after.notices).toContain(`${spare} is damaged; it was only a spare, so nothing is lost`);
    await after.router.close();
  });

  it('that was emptied stays empty', async () => {
    const before = await openRouter(folder);
    await fill(before, 3);
    before.router.load(undefined);
    await before.router.close();

    const after = await openRouter(folder);
    expect(jobIds(after)).toEqual([]);
    await after.clock.advance(100_000);
    expect(after.facts).toEqual([]);
    await after.router.close();
  });
});

/** Changes one bit. */
async function flip(path: string, at: number, bit = 0): Promise<void> {
  const bytes = await readFile(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
  await writeFile(path, bytes);
}

describe('a damaged journal', () => {
  const JOBS = 6;
  const newestFirst = Array.from({ length: JOBS }, (_, index) => `job-${JOBS - index}`);

  async function filled(): Promise<Buffer> {
    const before = await openRouter(folder);
    await fill(before, JOBS);
    await before.router.close();
    return readFile(journal());
  }

  it.each(Array.from({ length: 12 }, (_, seed) => seed))(
    'gives the router as it was before the damage, and says so (seed %i)',
    async (seed) => {
      const random = seededRandom(`damage ${seed}`);
      const bytes = await filled();
      const at = Math.floor(random() * bytes.length);
      const isCut = random() < 0.5;
      if (isCut) await truncate(journal(), at);
      else await flip(journal(), at, Math.floor(random() * 8));

      const after = await openRouter(folder);
      const found = jobIds(after);
      expect(newestFirst.slice(JOBS - found.length)).toEqual(found);
      const isAtBoundary = isCut && bytes[at - 1] === 0x0a;
      if (!isAtBoundary)
        expect(after.notices[0]).toMatch(/journal-000001.log is (cut|changed) at byte \d+ of/);

      await fill(after, JOBS);
      const state = after.state();
      await after.router.close();
      const again = await openRouter(folder);
      expect(again.state()).toBe(state);
      await again.router.close();
    },
  );

  it('is kept beside the mended one', async () => {
    const bytes = await filled();
    await appendFile(journal(), 'what a process wrote when it was killed');
    const after = await openRouter(folder);
    await after.router.close();
    expect(await readFile(`${journal()}.damaged`, 'utf8')).toContain('when it was killed');
    expect(await readFile(journal())).toEqual(bytes);
  });
});

it('keeps a second router out of the folder, and lets the next one in', async () => {
  const { router } = await openRouter(folder);
  await expect(openRouter(folder)).rejects.toThrow('is using the data folder');
  await router.close();
  expect(await readdir(folder)).not.toContain('lock');
});

it('knows what time it was when a clock was moved by hand and nothing happened', async () => {
  const { router, clock } = await openRouter(folder);
  await clock.advance(3_600_000);
  await router.keepTime();
  await router.close();

  const after = await openRouter(folder);
  expect(after.clock.now()).toBe(clock.now());
  expect(after.notices).toEqual([]);
  await after.router.close();
});

it('keeps a job only when it says so', async () => {
  const { router } = await openRouter(folder);
  router.handle({ type: 'CancelJob', jobId: idFrom<JobId>('nobody') });
  await router.kept();
  expect(await readFile(journal(), 'utf8')).toContain('"CancelJob"');
  await router.close();
});
