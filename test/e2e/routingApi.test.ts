/** Routing over HTTP as a deployed app answers it: the built bundle, in a host of its own, before the router. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type AttackedApp, startAttackedApp } from '../support/attackedApp.ts';

const operation = z.object({
  status: z.string(),
  done: z.number(),
  total: z.number(),
  result: z.unknown().optional(),
});

/** More than the app applies while somebody waits, and less than the quota of ten seconds. */
const QUEUES = 600;
const large = {
  name: 'large',
  distributionPolicies: [{ id: 'longest-idle', offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } }],
  queues: Array.from({ length: QUEUES }, (_, index) => ({
    id: `queue-${index}`,
    distributionPolicyId: 'longest-idle',
    labels: { Region: index % 2 === 0 ? 'EU' : 'NA' },
  })),
};

let app: AttackedApp;
beforeAll(async () => {
  app = await startAttackedApp();
});
afterAll(() => app.close());

async function ended(location: string): Promise<z.infer<typeof operation>> {
  for (;;) {
    const { status, headers, json } = await app.attack('GET', location.replace('/api/', ''));
    expect(status).toBe(200);
    const view = operation.parse(json);
    if (view.status !== 'running') return view;
    expect(headers.get('retry-after')).toBe('2');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a large document', () => {
  it('is planned, applied after the answer, and then as it is declared', async () => {
    const plan = await app.attack('PUT', 'routing?dryRun=true', { body: large });
    expect(plan).toMatchObject({ status: 200, json: { calls: QUEUES + 1 } });

    const accepted = await app.attack('PUT', 'routing', { body: large });
    expect(accepted).toMatchObject({ status: 202, json: { total: QUEUES + 1 } });
    const location = accepted.headers.get('location') ?? '';
    expect(await ended(location)).toMatchObject({ status: 'succeeded', done: QUEUES + 1 });

    const again = await app.attack('PUT', 'routing', { body: large });
    expect(again).toMatchObject({ status: 200, json: { created: [], updated: [] } });
  });

  it('is exported as YAML that plans to no change', async () => {
    const exported = await app.attack('GET', 'routing?owner=large', {
      headers: { accept: 'application/yaml' },
    });
    expect(exported.text).toMatch(/^name: large$/m);
    const plan = await app.attack('POST', 'routing/plan?prune=true', { body: exported.text });
    expect(plan).toMatchObject({ status: 200, json: { levels: [], owner: 'large' } });
  });

  it('is pruned to what is left of it', async () => {
    const less = { ...large, queues: large.queues.slice(0, QUEUES - 3) };
    expect(await app.attack('PUT', 'routing?prune=true', { body: less })).toMatchObject({
      status: 200,
      json: { deleted: [599, 598, 597].map((index) => `queues/queue-${index}`), refused: [] },
    });
  });
});

it('an operation of another instance is told to be sent again', async () => {
  expect(await app.attack('GET', 'routing/operations/of-another-instance')).toMatchObject({
    status: 404,
    json: { detail: expect.stringContaining('Send the document again') },
  });
});

describe('the commands of docs/http-api.md', () => {
  it('about routing answer as it says', async () => {
    const text = await readFile('docs/http-api.md', 'utf8');
    const commands = text.slice(text.indexOf('\n## Routing')).match(/^curl .*$/gm) ?? [];
    const answers: string[] = [];
    for (const command of commands) {
      const here = command
        .replace('http://127.0.0.1:7071', app.url)
        .replace('curl', `curl -s -w ' %{http_code}' -H 'x-functions-key: ${app.keys.host}'`);
      const { stdout } = await promisify(execFile)('bash', ['-c', here], { maxBuffer: 10_000_000 });
      answers.push(stdout);
    }
    expect(answers).toEqual([
      expect.stringMatching(/"levels":.* 200$/),
      expect.stringMatching(/"status":"running".* 202$/),
      expect.stringMatching(/^distributionPolicies:\n.* 200$/s),
    ]);
  });
});
