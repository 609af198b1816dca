/** OWASP API4:2023: requests that cost the app, the router or the bill more than one request may. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AttackedApp, startAttackedApp, twoWorkers } from '../support/attackedApp.ts';

let app: AttackedApp;
beforeAll(async () => {
  app = await startAttackedApp();
  await twoWorkers(app);
});
afterAll(() => app.close());

const job = { channelId: 'voice', queueId: 'queue-1' };
const jobs = (count: number) => Array.from({ length: count }, () => job);
const jobsHeld = async () => ((await app.router('GET', 'jobs')).body as { value: unknown[] }).value.length;

const bodies: [string, string, string, string, number][] = [
  [
    'a job of more than a megabyte',
    'POST',
    'jobs',
    JSON.stringify({ ...job, channelReference: 'x'.repeat(1_000_000) }),
    413,
  ],
  ['a document of more than a megabyte', 'PUT', 'routing', `# ${'x'.repeat(1_000_000)}`, 413],
  ['1,001 jobs', 'POST', 'jobs', JSON.stringify(jobs(1_001)), 413],
  ['no job at all', 'POST', 'jobs', '[]', 400],
  ['JSON that is 100,000 levels deep', 'POST', 'jobs', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400],
  [
    'labels that are 10,000 levels deep',
    'POST',
    'jobs',
    `{"labels":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`,
    400,
  ],
  ['YAML that is 10,000 levels deep', 'PUT', 'routing', `${'['.repeat(10_000)}`, 400],
  [
    '20,000 members',
    'POST',
    'jobs',
    `{${Array.from({ length: 20_000 }, (_, index) => `"a${index}":1`).join()}}`,
    400,
  ],
  [
    'YAML of 20,000 members',
    'PUT',
    'routing',
    Array.from({ length: 20_000 }, (_, index) => `a${index}: 1`).join('\n'),
    400,
  ],
  ['a billion laughs', 'PUT', 'routing', laughs(), 400],
];

/** YAML that becomes 10^9 texts where every alias is written out. */
function laughs(): string {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const from = level === 0 ? '"ha"' : `*l${level - 1}`;
    return `l${level}: &l${level} [${Array(10).fill(from).join(', ')}]`;
  });
  return levels.join('\n');
}

describe('a body', () => {
  it.each(bodies)('is refused, and answered with little: %s', async (_, method, path, body, status) => {
    const answer = await app.attack(method, path, { body });
    expect(answer.status).toBe(status);
    expect(answer.text.length).toBeLessThan(50_000);
  });

  it('that was refused has submitted nothing', async () => {
    expect(await jobsHeld()).toBe(0);
  });

  it('that says to be short and is not is cut off', async () => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let pieces = 0; pieces < 20; pieces += 1) controller.enqueue(new Uint8Array(100_000).fill(0x20));
        controller.close();
      },
    });
    const headers = { 'x-functions-key': app.keys.host };
    const answer = await fetch(`${app.url}/api/jobs`, {
      method: 'POST',
      headers,
      body: stream,
      duplex: 'half',
    });
    expect(answer.status).toBe(413);
  });
});

describe('a list', () => {
  it.each([
    'limit=101',
    'limit=0',
    'limit=-1',
    'limit=1e9',
    'limit=',
    'limit=10&limit=10',
    'maxpagesize=100000',
  ])('is not longer than a page: %s', async (query) => {
    expect(await app.attack('GET', `jobs?${query}`)).toMatchObject({ status: 400 });
    expect(await app.attack('GET', `workers?${query}`)).toMatchObject({ status: 400 });
  });

  it('is a page where nobody says how long', async () => {
    for (let number = 0; number < 105; number += 1) await app.router('PATCH', `jobs/listed-${number}`, job);
    const { json } = await app.attack('GET', 'jobs');
    expect((json as { items: unknown[] }).items).toHaveLength(100);
  });
});

describe('documents that take long', () => {
  it('are applied four at once and no more, and the same one only once', async () => {
    const document = (name: string) => ({
      name,
      distributionPolicies: Array.from({ length: 100 }, (_, index) => ({
        id: `${name}-${index}`,
        offerExpiresAfterSeconds: 60,
        mode: { kind: 'longestIdle' },
      })),
    });
    const headers = { prefer: 'respond-async' };
    const names = ['a', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const answers = await Promise.all(
      names.map((name) => app.attack('PUT', 'routing', { headers, body: document(name) })),
    );
    const accepted = answers.filter(({ status }) => status === 202);
    const refused = answers.filter(({ status }) => status === 429);
    expect(accepted.length + refused.length).toBe(names.length);
    expect(refused.length).toBeGreaterThan(0);
    for (const { headers: answered } of refused) expect(answered.get('retry-after')).toBe('10');
    const [first, same] = answers;
    if (first?.status === 202) expect(same?.headers.get('location')).toBe(first.headers.get('location'));
  });
});

it('two hundred requests at once leave the app in health', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => app.attack('POST', 'jobs', { body: '{' })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
  expect(await app.attack('GET', 'health')).toMatchObject({ status: 200 });
});
