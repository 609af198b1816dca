/** The deployment package, where it has nothing but itself: far from the repository and from every node_modules. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APP_ROOT } from '../../emulator/app.ts';
import { quickstartJob } from '../../emulator/demo/quickstartJob.ts';
import { startHostProcess } from '../../emulator/hostProcess.ts';
import { assemblePackage } from '../../packaging/assemblePackage.ts';
import { packageFiles } from '../../packaging/contents.ts';
import { filesOf } from '../../packaging/inspectPackage.ts';
import { startAlone } from '../../packaging/startAlone.ts';
import { startAnsweringServer } from '../support/answeringServer.ts';
import { provisionQuickstart, startTestSuite } from '../support/suite.ts';

const LARGEST_PACKAGE = 2_000_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'job-router-package-test-'));
  await assemblePackage(APP_ROOT, folder);
});
afterAll(() => rm(folder, { recursive: true }));

describe('the deployment package', () => {
  it('holds its files and no others, 2 MB at most', async () => {
    const files = await filesOf(folder);
    expect(files.map(({ path }) => path)).toEqual(packageFiles);
    expect(files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(LARGEST_PACKAGE);
  });

  it('registers every function with nothing but the module of the worker beside it', async () => {
    const [started] = await startAlone(folder);
    const sources = await readdir(join(APP_ROOT, 'src/functions'));
    expect(started?.functions.map((name) => `${name}.ts`).sort()).toEqual(sources.sort());
  });

  it('brings a job from submission to deletion by the rules it carries', async () => {
    await using suite = await startTestSuite({}, folder);
    await provisionQuickstart(suite);
    await expect(suite.callApp('GET', 'health')).resolves.toMatchObject({ status: 'healthy', rules: 1 });
    await suite.callApp('POST', 'jobs', quickstartJob('job-1'));
    await suite.clock.settle();

    expect(suite.eventGrid.events().at(-1)?.type).toBe('Microsoft.Communication.RouterJobDeleted');
    expect(suite.eventGrid.deadLetters()).toEqual([]);
  });
  it('asks the platform for a token of its identity, with nothing installed beside it', async () => {
    await using platform = await startAnsweringServer({
      status: 200,
      body: { access_token: 'token', expires_on: '4102444800', token_type: 'Bearer' },
    });
    const { endpoint } = platform.connection;
    const host = await startHostProcess({
      appRoot: folder,
      port: 0,
      environment: {
        // The same port speaks no TLS, so the router cannot be reached; the token is fetched before that shows.
        COMMUNICATION_ENDPOINT: endpoint.replace('http:', 'https:'),
        AZURE_CLIENT_ID: 'client-1',
        IDENTITY_ENDPOINT: `${endpoint}msi/token`,
        IDENTITY_HEADER: 'header-1',
      },
      onLog: () => {},
    });
    const health = await fetch(`${host.url}/api/health`);
    await host.close();

    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({ title: 'Job Router does not answer' });
    const [asked] = platform.seen;
    expect(asked?.url).toMatch(/^\/msi\/token\?/);
    expect(asked?.url).toContain('client_id=client-1');
    expect(asked?.headers).toMatchObject({ 'x-identity-header': 'header-1' });
  });
});
