import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';

const run = promisify(execFile);
const starter = fileURLToPath(new URL('startOnce.ts', import.meta.url));

/** A start that takes this long never ends. */
const START_LIMIT_MILLISECONDS = 60_000;

/** What startOnce.ts prints. */
const started = z.object({ milliseconds: z.number(), functions: z.array(z.string()).min(1) });
export type Started = z.infer<typeof started>;

/**
 * Starts the package in a fresh process, in a folder that is far from every node_modules, so that nothing but
 * the package and the module of the worker can be what made it start.
 *
 * @param runs how many fresh processes, one after another.
 * @throws with what the process said, when the package does not start.
 */
export async function startAlone(packageFolder: string, runs = 1): Promise<Started[]> {
  const folder = await mkdtemp(join(tmpdir(), 'job-router-package-'));
  try {
    await cp(packageFolder, folder, { recursive: true });
    const starts: Started[] = [];
    for (let count = 0; count < runs; count += 1) starts.push(await startOnce(folder));
    return starts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function startOnce(folder: string): Promise<Started> {
  try {
    const { stdout } = await run(process.execPath, [starter], {
      cwd: folder,
      timeout: START_LIMIT_MILLISECONDS,
    });
    return started.parse(JSON.parse(stdout));
  } catch (error) {
    const printed = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    const said = printed || String(error);
    throw new Error(`The package does not start by itself:\n${said}`, { cause: error });
  }
}
