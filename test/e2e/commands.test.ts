import { readFile } from 'node:fs/promises';
import { Agent, request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { APP_ROOT } from '../../emulator/app.ts';
import { listenForArrivals } from '../../emulator/demo/arrivals.ts';
import { startHostProcess } from '../../emulator/hostProcess.ts';
import { type CommandRun, startCommand } from '../support/commandLine.ts';

const runs: CommandRun[] = [];
const start = (...words: string[]): CommandRun => {
  const run = startCommand(words);
  runs.push(run);
  return run;
};

afterEach(async () => {
  for (const run of runs.splice(0)) {
    run.process.kill('SIGKILL');
    await run.exitCode;
  }
});

describe('npm run emulator', () => {
  it('serves HTTPS with the certificate it names, and stops cleanly on Ctrl-C', async () => {
    const run = start('emulator', '--port', '0', '--https');
    const connectionString = await run.line(/^endpoint=https:\/\/127\.0\.0\.1:\d+\/;accesskey=\S+$/);
    const path = (await run.line(/NODE_EXTRA_CA_CERTS=/)).split('NODE_EXTRA_CA_CERTS=')[1] ?? '';
    await run.line(/^ready$/);

    const url = /endpoint=([^;]+)/.exec(connectionString)?.[1] ?? '';
    const dispatcher = new Agent({ connect: { ca: await readFile(path, 'utf8') } });
    const answer = await request(`${url}routing/jobs?api-version=2023-11-01`, { dispatcher });
    expect(answer.statusCode).toBe(401);
    await answer.body.dump();
    await dispatcher.close();

    run.process.kill('SIGINT');
    await expect(run.exitCode).resolves.toBe(0);
  });

  it('subscribes the webhooks it is given through the handshake', async () => {
    const listener = await listenForArrivals(() => {});
    const run = start('emulator', '--port', '0', '--subscribe', `${listener.url}=RouterJobClosed`);
    await expect(run.line(/^Subscribed: /)).resolves.toContain(`webhook-1 -> ${listener.url}`);
    await run.line(/^ready$/);
    await listener.close();
  });

  it('says which option changes a port that is taken', async () => {
    const first = start('emulator', '--port', '0');
    const port = /:(\d+)\//.exec(await first.line(/^endpoint=/))?.[1] ?? '';
    const second = start('emulator', '--port', port);
    await expect(second.exitCode).resolves.toBe(1);
    expect(second.errors()).toBe(`Port ${port} is taken; choose another one for the router with --port\n`);
  });
});

describe('npm run dev', () => {
  it('prints every function with its URL, one curl to try, and ready', async () => {
    const run = start('dev', '--port', '0', '--functions-port', '0', '--delays', 'none');
    await run.line(/^ready$/);
    const printed = run.lines.join('\n');
    expect(printed).toMatch(/submitJob: \[POST\] http:\/\/127\.0\.0\.1:\d+\/api\/jobs$/m);
    expect(printed).toMatch(
      /acceptOffer: eventGridTrigger http:\S+\/runtime\/webhooks\/EventGrid\?functionName=acceptOffer$/m,
    );
    expect(printed).toMatch(/^Storage queues: +http:\/\/127\.0\.0\.1:\d+ \(Azurite/m);
    expect(run.lines.filter((line) => /^ *curl /.test(line))).toHaveLength(1);
    run.process.kill('SIGINT');
    await expect(run.exitCode).resolves.toBe(0);
  });
});

describe('--json', () => {
  const ready = z.object({
    endpoint: z.url(),
    connectionString: z.string().startsWith('endpoint='),
    controls: z.url(),
    eventGrid: z.object({
      events: z.url(),
      deliveries: z.url(),
      subscriptions: z.array(z.object({ name: z.string(), provisioningState: z.literal('Succeeded') })),
    }),
    functionsHost: z
      .object({ url: z.url(), functions: z.array(z.object({ name: z.string(), urls: z.array(z.string()) })) })
      .optional(),
  });

  it('has the emulator print one line once it is ready, and nothing else', async () => {
    const run = start('emulator', '--port', '0', '--json');
    const { endpoint, functionsHost } = ready.parse(JSON.parse(await run.line(/^\{/)));
    expect((await fetch(`${endpoint}/_emulator/events`)).status).toBe(200);
    expect(functionsHost).toBeUndefined();
    run.process.kill('SIGINT');
    await expect(run.exitCode).resolves.toBe(0);
    expect(run.lines).toHaveLength(1);
  });

  it('has dev name the functions too, and log beside it', async () => {
    const run = start('dev', '--port', '0', '--functions-port', '0', '--delays', 'none', '--json');
    const { functionsHost, eventGrid } = ready.parse(JSON.parse(await run.line(/^\{/)));
    expect(functionsHost?.functions.map(({ name }) => name)).toContain('submitJob');
    expect(eventGrid.subscriptions).not.toEqual([]);
    run.process.kill('SIGINT');
    await expect(run.exitCode).resolves.toBe(0);
    expect(run.lines).toHaveLength(1);
    expect(run.errors()).toContain('Storage queues:');
  });
});

describe('npm run replay', () => {
  it('posts the events of a folder to a running host and reports each answer', async () => {
    const host = await startHostProcess({
      appRoot: APP_ROOT,
      port: 0,
      environment: { COMMUNICATION_CONNECTION_STRING: 'endpoint=http://127.0.0.1:9/;accesskey=c2VjcmV0' },
      onLog: () => {},
    });
    const run = start('replay', 'test/fixtures/events/RouterWorkerOfferIssued', '--url', host.url);
    const exitCode = await run.exitCode;
    await host.close();
    expect(run.lines.filter((line) => / 202 .* -> acceptOffer$/.test(line))).toHaveLength(6);
    // This one does not say when its offer expires, so the router is asked, which does not answer.
    expect(run.lines.join('\n')).toMatch(/500 .*nullsForAbsent\.json -> acceptOffer .*router unreachable/);
    expect(run.lines.at(-1)).toBe('7 deliveries: 6 acknowledged, 1 not acknowledged, 0 not sent');
    expect(exitCode).toBe(1);
  });
});

describe('a host that hangs', () => {
  it('is ended all the same when the suite closes', async () => {
    const host = await startHostProcess({ appRoot: APP_ROOT, port: 0, environment: {}, onLog: () => {} });
    process.kill(host.pid, 'SIGSTOP');
    await host.close();
    await expect(host.ended).resolves.toContain('SIGKILL');
  });
});
