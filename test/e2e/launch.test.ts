import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
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

describe('on an older Node', () => {
  const older = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.0.0' } })`;
  const launch = fileURLToPath(new URL('cli/launch.cjs', root));
  const words = ['--import', `data:text/javascript,${encodeURIComponent(older)}`, launch];

  it('runs the command on the one that was installed, and ends as it does', () => {
    const { status, stderr } = spawnSync(process.execPath, [...words, 'no-such-command'], {
      encoding: 'utf8',
    });
    expect(stderr).toContain("unknown command 'no-such-command'");
    expect(status).toBe(1);
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)('leaves nothing behind after %s', async (signal) => {
    const launcher = spawn(process.execPath, [...words, 'emulator', '--port', '0', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface(launcher.stdout), 'line');
    const { endpoint } = z.object({ endpoint: z.url() }).parse(JSON.parse(line));
    launcher.kill(signal);
    // What the launcher started has its output, which closes once both have ended.
    await once(launcher, 'close');
    await expect(fetch(endpoint)).rejects.toThrow();
  });
});
