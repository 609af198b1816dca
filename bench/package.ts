/** Prints the size of the deployment package and how long a fresh process takes to start it: what a cold start costs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApiDocs, buildBundle } from '../build.ts';
import { assemblePackage } from '../packaging/assemblePackage.ts';
import { describePackage } from '../packaging/describePackage.ts';
import { startAlone } from '../packaging/startAlone.ts';

const RUNS = 15;
const root = fileURLToPath(new URL('..', import.meta.url));

export async function packageBench(): Promise<void> {
  await Promise.all([buildBundle(), buildApiDocs()]);
  const folder = await mkdtemp(join(tmpdir(), 'job-router-bench-'));
  await assemblePackage(root, folder);
  const starts = await startAlone(folder, RUNS);
  for (const line of await describePackage(folder, starts)) console.log(line);
  await rm(folder, { recursive: true, force: true });
}
