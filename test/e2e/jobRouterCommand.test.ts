import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { noDelays } from '../../emulator/router/engine/delays.ts';
import { createEmulatorSuite, type EmulatorSuite } from '../../emulator/suite.ts';
import { planJsonSchema } from '../../src/routing/plan/planSchema.ts';
import { jobRouter, jobRouterProcess } from '../support/jobRouterCommand.ts';
import { signedFetch } from '../support/signedFetch.ts';

let suite: EmulatorSuite;
let folder: string;

beforeAll(async () => {
  suite = await createEmulatorSuite({ delays: noDelays });
  folder = await mkdtemp(join(tmpdir(), 'job-router-'));
});
afterAll(async () => {
  await suite.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await fetch(`${suite.routerUrl}/_emulator/reset`, { method: 'POST' });
});

const document = {
  name: 'support',
  distributionPolicies: [{ id: 'idle', offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } }],
  queues: [{ id: 'en', distributionPolicyId: 'idle', labels: { Language: 'EN' } }],
  workers: [
    {
      id: 'w',
      capacity: 1,
      queues: ['en'],
      channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
      availableForOffers: true,
    },
  ],
};

async function write(name: string, value: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

/** The words of a command on the emulator of this test; files are those of its folder. */
const wordsOf = (line: string): readonly string[] => [
  ...line.split(' ').map((word) => (/\.(json|yaml)$/.test(word) ? join(folder, word) : word)),
  ...['--emulator', '--endpoint', suite.routerUrl],
];
const run = (line: string) => jobRouter(wordsOf(line));

const json = async (line: string): Promise<unknown> => JSON.parse((await run(`${line} --json`)).out);

describe('job-router plan', () => {
  it('ends with 2 where something would change, and with 0 where nothing would', async () => {
    await write('routing.json', document);
    const before = await run('plan routing.json');
    expect(before.out).toContain('3 to create. 0 unchanged, 0 untouched. Takes 3 calls in 3 levels.');
    expect(before.exitCode).toBe(2);
    expect((await run('apply routing.json --yes')).exitCode).toBe(0);
    const after = await run('plan routing.json');
    expect(after.out).toContain('No changes. 3 unchanged, 0 untouched.');
    expect(after.exitCode).toBe(0);
  });

  it('ends with 1 and everything that is wrong, at its lines', async () => {
    await write('wrong.yaml', 'queues:\n  - { id: q, distributionPolicyId: nowhere, colour: red }\n');
    const { exitCode, out, err } = await run('plan wrong.yaml');
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain('wrong.yaml has 2 problems');
    expect(err).toContain('wrong.yaml:2:14  queues[0].distributionPolicyId');
    expect(err).toContain('"colour" is not a member that is known here');
  });

  it('says what is wrong with a document although nobody answers', async () => {
    const path = await write('wrong.yaml', 'queues: red\n');
    const { err } = await jobRouter(['plan', path, '--emulator', '--endpoint', 'http://127.0.0.1:9']);
    expect(err).toContain('expected a list; found "red"');
  });

  it('prints JSON that fits its published schema', async () => {
    await write('routing.json', document);
    const fits = new Ajv2020().compile(planJsonSchema());
    expect(fits(await json('plan routing.json')), JSON.stringify(fits.errors)).toBe(true);
  });

  it('says what to do where nobody answers', async () => {
    await write('routing.json', document);
    const path = join(folder, 'routing.json');
    const { exitCode, err } = await jobRouter([
      'plan',
      path,
      '--emulator',
      '--endpoint',
      'http://127.0.0.1:9',
    ]);
    expect(exitCode).toBe(1);
    expect(err).toMatch(
      /^No answer from 127\.0\.0\.1:9: .*\nFix: start the emulator: npx job-router emulator\n$/,
    );
  });
});

describe('job-router apply', () => {
  it('changes nothing where it cannot ask', async () => {
    await write('routing.json', document);
    const { exitCode, err } = await run('apply routing.json');
    expect(exitCode).toBe(1);
    expect(err).toContain('run it again with --yes');
    expect((await run('plan routing.json')).exitCode).toBe(2);
  });

  it('carries out a plan that was kept, but not on a router that has moved since', async () => {
    await write('routing.json', document);
    const planned = await run('plan routing.json --out plan.json');
    expect(planned.err).toContain(`plan.json --emulator --endpoint ${suite.routerUrl}\n`);
    const first = await run('apply plan.json');
    expect(first.out).toBe('Done. 3 created, 0 updated, 0 deleted, 0 unchanged.\n');
    expect((await run('apply plan.json --document lost.json')).err).toContain('say with --document');
    const again = await run('apply plan.json');
    expect(again.exitCode).toBe(1);
    expect(again.err).toContain('queues/en has appeared since.');
    expect(again.err).toContain('plan again');
  });

  it('prunes what it has shown, and leaves what the service would refuse', async () => {
    await write('routing.json', document);
    await run('apply routing.json --yes');
    await run('jobs submit --id job-1 --channel voice --queue en');
    await write('less.json', { name: 'support', distributionPolicies: document.distributionPolicies });
    const planned = await run('plan less.json --prune');
    expect(planned.out).toMatch(/- delete {2}workers\/w\n/);
    expect(planned.out).toMatch(/! delete {2}queues\/en {2}409\n .*\(jobs\/job-1\)/);
    expect(planned.out).toContain('! Job job-1 waits in queue en and would have no worker left');
    const applied = await json('apply less.json --prune --yes');
    expect(applied).toMatchObject({
      outcome: 'applied',
      deleted: ['workers/w'],
      refusals: [{ kind: 'queues', id: 'en', status: 409 }],
    });
  });

  it('ends with 1 where something is left that the service would not delete', async () => {
    await write('routing.json', document);
    await run('apply routing.json --yes');
    await run('jobs submit --id job-1 --channel voice --queue en');
    await write('less.json', { name: 'support', distributionPolicies: document.distributionPolicies });
    const first = await run('apply less.json --prune --yes');
    expect(first.out).toContain('1 deleted, 1 unchanged, 1 left that the service would not delete.');
    expect(first.exitCode).toBe(1);
    expect((await run('apply less.json --prune --yes')).exitCode).toBe(1);
    expect((await run('apply less.json --yes')).exitCode).toBe(0);
  });

  it('goes on where nobody reads what it prints', async () => {
    await write('routing.json', document);
    const { exitCode } = await jobRouterProcess(wordsOf('apply routing.json --yes'), { isUnread: true });
    expect(exitCode).toBe(0);
    expect((await run('plan routing.json')).exitCode).toBe(0);
  });

  it('tells each change on a pipe', async () => {
    await write('routing.json', document);
    const { err } = await run('apply routing.json --yes');
    expect(err.split('\n').slice(0, 2)).toEqual([
      'level 1 of 3: 1 change',
      '  1/3  created    distributionPolicies/idle',
    ]);
  });

  it.each(['SIGINT', 'SIGKILL'] as const)('does what is left after %s', async (signal) => {
    const workers = Array.from({ length: 120 }, (_, index) => ({
      id: `w-${index}`,
      capacity: 1,
      queues: ['en'],
    }));
    await write('many.json', { ...document, workers });
    let isKilled = false;
    const stopped = await jobRouterProcess(wordsOf('apply many.json --yes'), {
      onError: (text, kill) => {
        if (isKilled || !text.includes('workers/w-')) return;
        isKilled = true;
        kill(signal);
      },
    });
    expect(stopped.exitCode).toBe(signal === 'SIGINT' ? 130 : null);
    if (signal === 'SIGINT') expect(stopped.err).toContain('run the same command again');
    expect((await run('apply many.json --yes')).exitCode).toBe(0);
    expect((await run('plan many.json')).exitCode).toBe(0);
  });
});

describe('job-router export, adopt and destroy', () => {
  it.each(['yaml', 'json'])('export writes %s that plans to no change', async (format) => {
    await write('routing.json', document);
    await run('apply routing.json --yes');
    const { out } = await run(`export --format ${format} --owner support`);
    await write(`exported.${format}`, out);
    expect((await run(`plan exported.${format}`)).exitCode).toBe(0);
  });

  it('adopt lets destroy delete what somebody else has made', async () => {
    await write('routing.json', document);
    await run('apply routing.json --yes');
    const adopted = await json('adopt --everything --owner me --take-over --yes');
    expect(adopted).toMatchObject({ outcome: 'applied', owner: 'me' });
    expect(z.object({ adopted: z.array(z.string()) }).parse(adopted).adopted).toHaveLength(3);
    const unasked = await run('destroy --owner me');
    expect(unasked.exitCode).toBe(1);
    expect(unasked.err).toContain('--yes');
    const destroyed = await json('destroy --owner me --yes');
    expect(destroyed).toMatchObject({ deleted: ['workers/w', 'queues/en', 'distributionPolicies/idle'] });
  });
});

describe('job-router jobs, workers and queues', () => {
  const assigned = async () => {
    await write('routing.json', document);
    await run('apply routing.json --yes');
    await run('jobs submit --id job-1 --channel voice --queue en');
    const { offers } = z
      .object({ offers: z.array(z.object({ offerId: z.string() })) })
      .parse(await json('workers get w'));
    await signedFetch(
      suite.connectionString,
      'POST',
      `/routing/workers/w/offers/${offers[0]?.offerId}:accept`,
    );
  };

  it('take a job its whole way', async () => {
    await assigned();
    expect(await json('jobs complete job-1 --note well')).toEqual({ id: 'job-1', outcome: 'completed' });
    expect(await json('jobs close job-1 --disposition-code Resolved')).toEqual({
      id: 'job-1',
      outcome: 'closed',
    });
    expect(await json('jobs get job-1')).toMatchObject({ status: 'closed', dispositionCode: 'Resolved' });
    expect((await run('jobs delete job-1')).exitCode).toBe(0);
    expect(await json('jobs list')).toEqual([]);
  });

  it('take a job back, and cancel it', async () => {
    await assigned();
    expect(await json('jobs unassign job-1')).toEqual({ id: 'job-1', outcome: 'unassigned' });
    expect(await json('jobs cancel job-1 --disposition-code Spam')).toEqual({
      id: 'job-1',
      outcome: 'cancelled',
    });
    expect((await run('jobs reclassify job-1')).exitCode).toBe(1);
  });

  it('submit many jobs, and the same ones once', async () => {
    await write('routing.json', document);
    await run('apply routing.json --yes');
    const job = { channelId: 'voice', queueId: 'en' };
    await write('jobs.json', [{ id: 'a', ...job }, { id: 'b', ...job }, job]);
    const outcomes = z.array(z.object({ outcome: z.string() }));
    const first = outcomes.parse(await json('jobs submit jobs.json'));
    expect(first.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'created']);
    const second = outcomes.parse(await json('jobs submit jobs.json'));
    expect(second.map(({ outcome }) => outcome)).toEqual(['alreadyThere', 'alreadyThere', 'created']);
    expect(await json('queues get en')).toMatchObject({ id: 'en', statistics: { length: 4 } });
    expect((await run('queues list')).out).toMatch(/^ID +NAME .*\nen /);
  });

  it('change a worker, and make none', async () => {
    await write('routing.json', document);
    await run('apply routing.json --yes');
    expect(await json('workers set w --unavailable --capacity 3 --label Skill=10')).toMatchObject({
      availableForOffers: false,
      capacity: 3,
      labels: { Skill: 10 },
    });
    expect((await run('workers set nobody --available')).err).toBe('There is no worker nobody.\n');
    expect((await run('workers list --state all')).out).toMatch(/\nw +inactive +no +3 /);
  });

  it('explain why nobody is offered a job', async () => {
    await write('routing.json', document);
    await run('apply routing.json --yes');
    await run('jobs submit --id chat-1 --channel chat --queue en');
    expect((await run('explain chat-1')).out).toContain('The worker does not serve channel chat.');
  });
});

describe('job-router events', () => {
  it('publishes a sample event and lists it', async () => {
    await run('events trigger RouterJobQueued --set jobId=job-7');
    const listed = z.array(z.object({ subject: z.string() })).parse(await json('events list'));
    expect(listed.at(-1)?.subject).toContain('job/job-7/');
  });

  it('lists nothing of Azure, which keeps no list', async () => {
    const { exitCode, err } = await jobRouter([
      'events',
      'list',
      '--endpoint',
      'https://x.communication.azure.com',
    ]);
    expect(exitCode).toBe(1);
    expect(err).toContain('is no emulator');
  });
});

describe('job-router', () => {
  it.concurrent.each([
    [['plan', '--prun'], "unknown option '--prun'\n(Did you mean --prune?)"],
    [['jobs', 'lst'], "unknown command 'lst'\n(Did you mean list?)"],
    [['jobs', 'get', 'a:b'], 'no colon'],
    [['plan', 'routing.json'], 'No router is named.'],
    [['workers', 'set', 'w', '--available', '--unavailable'], 'cannot be used with'],
  ])('refuses wrong words with 1, and says which: %j', async (words, said) => {
    const { exitCode, out, err } = await jobRouterProcess(words);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain(said);
    expect(err).not.toMatch(/^ +at /m);
  });

  it('tells errors as JSON to whoever asked for JSON', async () => {
    const { exitCode, out, err } = await run('jobs get nowhere --json');
    expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' });
    expect(JSON.parse(out)).toEqual({ error: { message: 'There is no job nowhere.' } });
  });

  it.concurrent.each([
    [['plan', '--prun', '--json'], "unknown option '--prun'\n(Did you mean --prune?)"],
    [['replay', 'no-such-file', '--json'], expect.stringContaining('no-such-file')],
  ])('tells wrong words as JSON to whoever asked for JSON: %j', async (words, message) => {
    const { exitCode, out, err } = await jobRouterProcess(words);
    expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' });
    expect(JSON.parse(out)).toEqual({ error: { message } });
  });

  it('tells refusals of several lines line by line', async () => {
    await write('routing.json', document);
    await run('apply routing.json --yes');
    await run('jobs submit --id job-1 --channel voice --queue en');
    expect((await run('jobs delete job-1')).err).toMatch(/Validation failed: \n -- JobStatus/);
  });

  it('says which version it is', async () => {
    expect((await jobRouterProcess(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('is in colour where that is asked for, and else not on a pipe', async () => {
    await write('routing.json', document);
    const words = wordsOf('plan routing.json');
    const [plain, forced] = await Promise.all([
      jobRouterProcess(words),
      jobRouterProcess(words, { environment: { FORCE_COLOR: '1' } }),
    ]);
    expect(plain.out).not.toContain('\u001b');
    expect(forced.out).toContain('\u001b[32m+ create');
  });

  it('keeps the plan of a document for whoever reads the file', async () => {
    await write('routing.json', document);
    await run('plan routing.json --out plan.json');
    const kept: unknown = JSON.parse(await readFile(join(folder, 'plan.json'), 'utf8'));
    expect(kept).toMatchObject({ format: 1, owner: 'support', document: 'routing.json' });
  });
});
