/**
 * What the emulator costs beside Azurite's queue service, in one run: time until ready, resident memory, and operations
 * per second of one client with the same number of connections. A worker is created, read and deleted; a message is put,
 * got and deleted. Both servers check a signature on every request; both clients made theirs before.
 */
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { buildEmulator } from '../build.ts';
import { DEVELOPMENT_ACCESS_KEY } from '../emulator/accessKey.ts';
import { AzuriteClient } from './azuriteClient.ts';
import { quantile } from './quantile.ts';
import { RouterClient } from './routerClient.ts';
import { type ServerProcess, startServer } from './serverProcess.ts';

const CONNECTIONS = 32;
/** So many cycles are signed before they are timed; more are signed on the way. */
const SIGNED_AHEAD = 15_000;

const pathOf = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const startRouter = () =>
  startServer([pathOf('dist/emulator.cjs'), 'emulator', '--port', '0', '--delays', 'none'], (output) =>
    output.includes('\nready') ? /Job Router emulator: +(\S+)/.exec(output)?.[1] : undefined,
  );

const startAzurite = () =>
  startServer(
    [
      pathOf('node_modules/azurite/dist/src/queue/main.js'),
      ...['--inMemoryPersistence', '--silent', '--skipApiVersionCheck', '--queuePort', '0'],
    ],
    (output) => /listens on (\S+)/.exec(output)?.[1],
  );

export async function routerBench(isQuick: boolean): Promise<void> {
  await buildEmulator();
  const starts = isQuick ? 3 : 9;
  const milliseconds = isQuick ? 1_000 : 4_000;
  console.log(
    `${starts} starts each, ${CONNECTIONS} connections, ${milliseconds / 1000} s per measurement\n`,
  );
  await printStarts('router', startRouter, starts);
  await printStarts('azurite queue', startAzurite, starts);
  console.log();
  const router = await startRouter();
  const workers = await withPool(router, (pool) => measureWorkers(pool, router, milliseconds));
  print('router: create + read + delete a worker', workers, router);
  const jobs = await withPool(router, (pool) => measureJobs(pool, router, milliseconds));
  print('router: create + read + cancel + delete a job', jobs, router);
  await router.stop();
  const azurite = await startAzurite();
  const messages = await withPool(azurite, (pool) => measureMessages(pool, milliseconds));
  print('azurite: put + get + delete a message', messages, azurite);
  await azurite.stop();
  console.log(`\nrouter : azurite  ${(workers / messages).toFixed(1)} : 1      Node ${process.version}`);
}

async function printStarts(name: string, start: () => Promise<ServerProcess>, times: number): Promise<void> {
  const ready: number[] = [];
  const memory: number[] = [];
  for (let count = 0; count < times; count += 1) {
    const server = await start();
    ready.push(server.readyAfter);
    memory.push(server.megabytes());
    await server.stop();
  }
  const [fastest, median] = [quantile(ready, 0), quantile(ready, 0.5)];
  console.log(
    `${name.padEnd(15)} ready after ${median.toFixed(0)} ms (fastest ${fastest.toFixed(0)} ms), ${quantile(memory, 0.5).toFixed(0)} MB`,
  );
}

function print(what: string, perSecond: number, server: ServerProcess): void {
  const rate = Math.round(perSecond).toLocaleString('en').padStart(7);
  console.log(`${what.padEnd(46)}${rate} operations/s, then ${server.megabytes().toFixed(0)} MB`);
}

async function withPool<Result>(
  server: ServerProcess,
  use: (pool: Pool) => Promise<Result>,
): Promise<Result> {
  const pool = new Pool(new URL(server.url).origin, { connections: CONNECTIONS });
  try {
    return await use(pool);
  } finally {
    await pool.destroy();
  }
}

/** Operations per second of `cycle`, which makes `operations` of them, after a warm-up of half the time. */
async function rate(
  operations: number,
  milliseconds: number,
  cycle: (number: number) => Promise<void>,
): Promise<number> {
  let cycles = 0;
  let isOver = false;
  const client = async () => {
    while (!isOver) await cycle(cycles++);
  };
  const clients = Array.from({ length: CONNECTIONS }, client);
  await new Promise((resolve) => setTimeout(resolve, milliseconds / 2));
  const [start, before] = [performance.now(), cycles];
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const perSecond = ((cycles - before) * operations * 1000) / (performance.now() - start);
  isOver = true;
  await Promise.all(clients);
  return perSecond;
}

function measureWorkers(pool: Pool, { url }: ServerProcess, milliseconds: number): Promise<number> {
  const client = new RouterClient(pool, url, DEVELOPMENT_ACCESS_KEY);
  const worker = {
    capacity: 1,
    labels: { skill: 11 },
    channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
  };
  for (let number = 0; number < SIGNED_AHEAD; number += 1) {
    const path = `workers/worker-${number}`;
    client.signAhead('PATCH', path, worker);
    client.signAhead('GET', path);
    client.signAhead('DELETE', path);
  }
  return rate(3, milliseconds, async (number) => {
    const path = `workers/worker-${number}`;
    await client.send('PATCH', path, worker);
    await client.send('GET', path);
    await client.send('DELETE', path);
  });
}

async function measureJobs(pool: Pool, { url }: ServerProcess, milliseconds: number): Promise<number> {
  const client = new RouterClient(pool, url, DEVELOPMENT_ACCESS_KEY);
  const policy = { offerExpiresAfterSeconds: 60, mode: { kind: 'longestIdle' } };
  await client.send('PATCH', 'distributionPolicies/policy', policy);
  await client.send('PATCH', 'queues/queue', { distributionPolicyId: 'policy' });
  const job = { channelId: 'voice', queueId: 'queue', priority: 1 };
  for (let number = 0; number < SIGNED_AHEAD; number += 1) {
    const path = `jobs/job-${number}`;
    client.signAhead('PATCH', path, job);
    client.signAhead('GET', path);
    client.signAhead('POST', `${path}:cancel`);
    client.signAhead('DELETE', path);
  }
  return rate(4, milliseconds, async (number) => {
    const path = `jobs/job-${number}`;
    await client.send('PATCH', path, job);
    await client.send('GET', path);
    await client.send('POST', `${path}:cancel`);
    await client.send('DELETE', path);
  });
}

async function measureMessages(pool: Pool, milliseconds: number): Promise<number> {
  const client = new AzuriteClient(pool);
  await client.send('PUT', 'bench');
  const message = '<QueueMessage><MessageText>aGVsbG8=</MessageText></QueueMessage>';
  return rate(3, milliseconds, async () => {
    await client.send('POST', 'bench/messages', message);
    const got = await client.send('GET', 'bench/messages');
    const [, id] = /<MessageId>(.*?)<\/MessageId>/.exec(got) ?? [];
    const [, receipt = ''] = /<PopReceipt>(.*?)<\/PopReceipt>/.exec(got) ?? [];
    await client.send('DELETE', `bench/messages/${id}?popreceipt=${encodeURIComponent(receipt)}`);
  });
}
