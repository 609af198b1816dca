import { describe, expect, it } from 'vitest';
import { startCommand } from '../support/commandLine.ts';

/** Runs `demo` to its end; `onLine` sees each line as it is printed. */
async function runDemo(words: readonly string[], onLine?: (line: string) => void) {
  const run = startCommand(['demo', ...words], onLine);
  const exitCode = await run.exitCode;
  return { lines: run.lines, errors: run.errors(), exitCode };
}

const hostProcess = (line: string) => Number(/^Functions host .* process (\d+)/.exec(line)?.[1] ?? 0);

describe('npm run demo', () => {
  it('prints the lines of the quickstart in its order and exits 0', async () => {
    const { lines, exitCode, errors } = await runDemo([]);
    const quickstart = lines.filter((line) => /^(Worker|Deleting) /.test(line));
    expect(quickstart).toEqual([
      'Worker worker-1 has an active offer for job job-1',
      'Worker worker-1 is assigned job job-1',
      'Worker worker-1 has completed job job-1',
      'Worker worker-1 has closed job job-1',
      'Deleting job job-1',
    ]);
    expect(lines.at(-1)).toMatch(/^The job went its whole way in [\d.]+ s\.$/);
    expect(
      lines.filter((line) => /: (accepted|completed|closed|deleted) .* because rule "voice"$/.test(line)),
    ).toHaveLength(4);
    expect(errors).toBe('');
    expect(exitCode).toBe(0);
  });

  it('exits 1 and names the step when the host of the app is killed on the way', async () => {
    let host = 0;
    const { errors, exitCode, lines } = await runDemo([], (line) => {
      host ||= hostProcess(line);
      if (line.includes('job-1 is submitted')) process.kill(host, 'SIGKILL');
    });
    expect(errors).toContain('This step failed: the router offers the job to a worker');
    expect(errors).toContain('SIGKILL');
    expect(errors).toMatch(/Last seen: \w+/);
    expect(exitCode).toBe(1);
    expect(lines).not.toContain('Deleting job job-1');
  });

  it('closes every job of many and sums up', async () => {
    const { lines, exitCode } = await runDemo(['--jobs', '200', '--workers', '5']);
    const summary = lines.join('\n');
    expect(summary).toMatch(/Jobs closed +200$/m);
    expect(summary).toMatch(/Jobs lost +0$/m);
    expect(summary).toMatch(/Submit to accepted +median [\d.]+ s, p99 [\d.]+ s$/m);
    expect(exitCode).toBe(0);
  });

  it('sums up as JSON, and prints nothing else', async () => {
    const { lines, exitCode } = await runDemo(['--json']);
    expect(JSON.parse(lines.join('\n'))).toEqual({
      submitted: 1,
      closed: 1,
      lost: 0,
      submitToAcceptedMilliseconds: { median: expect.any(Number), p99: expect.any(Number) },
    });
    expect(exitCode).toBe(0);
  });
});
