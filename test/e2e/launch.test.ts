import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import * as z from 'zod';

const root = new URL('../../', import.meta.url);

it('npx finds job-router in package.json, and it starts', () => {
  const text = readFileSync(new URL('package.json', root), 'utf8');
  const { bin } = z.object({ bin: z.object({ 'job-router': z.string() }) }).parse(JSON.parse(text));
  const launch = fileURLToPath(new URL(bin['job-router'], root));
  const { status, stdout } = spawnSync(launch, ['--help'], { encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stdout).toContain('Usage: job-router');
});
