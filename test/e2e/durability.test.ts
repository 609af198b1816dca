/** A real emulator process, killed without a warning while it is being written to, and started again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { newFolder, removeFolder } from '../support/durableRouter.ts';
import { signedFetch } from '../support/signedFetch.ts';

const MAIN = fileURLToPath(new URL('../../emulator/main.ts', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await newFolder();
});
afterEach(() => removeFolder(folder));

async function startEmulator() {
  const options = ['emulator', '--port', '0', '--delays', 'none', '--data', folder];
  const emulator = spawn(process.execPath, [MAIN, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(emulator, 'exit');
  let output = '';
  for await (const chunk of emulator.stdout.iterator({ destroyOnReturn: false })) {
    output += String(chunk);
    if (output.includes('\nready')) break;
  }
  emulator.stdout.resume();
  const [connectionString = ''] = /^endpoint=.*$/m.exec(output) ?? [];
  return {
    output,
    send: (method: string, path: string, body?: unknown) =>
      signedFetch(connectionString, method, `/routing/${path}`, body),
    async end(signal: NodeJS.Signals) {
      emulator.kill(signal);
      await ended;
    },
  };
}

const listed = z.object({ value: z.array(z.looseObject({ id: z.string() })) });

it('has every job whose creation was answered before the process was killed', {
  timeout: 20_000,
}, async () => {
  const before = await startEmulator();
  await before.send('PATCH', 'distributionPolicies/p', {
    offerExpiresAfterSeconds: 600,
    mode: { kind: 'longestIdle' },
  });
  await before.send('PATCH', 'queues/q', { distributionPolicyId: 'p' });
  const answered: string[] = [];
  const submit = async (worker: number) => {
    for (let number = 0; ; number += 1) {
      const id = `job-${worker}-${number}`;
      const { status } = await before.send('PATCH', `jobs/${id}`, { channelId: 'voice', queueId: 'q' });
      if (status === 201) answered.push(id);
    }
  };
  const submitting = Promise.allSettled([submit(1), submit(2), submit(3), submit(4)]);
  await expect.poll(() => answered.length, { timeout: 10_000 }).toBeGreaterThan(100);
  await before.end('SIGKILL');
  await submitting;

  const after = await startEmulator();
  expect(after.output).toMatch(/Recovered \d+ commands/);
  const { value: jobs } = listed.parse((await after.send('GET', 'jobs?maxpagesize=100000')).body);
  expect(jobs.map(({ id }) => id)).toEqual(expect.arrayContaining(answered));
  await after.end('SIGTERM');
});
