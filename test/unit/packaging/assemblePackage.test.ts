import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APP_ROOT } from '../../../emulator/app.ts';
import { viewerFiles, writeViewer } from '../../../openapi/viewer/files.ts';
import { assemblePackage } from '../../../packaging/assemblePackage.ts';
import { filesOf, problemsIn } from '../../../packaging/inspectPackage.ts';

const KEY = 'am9iLXJvdXRlci1lbXVsYXRvci1kZXZlbG9wbWVudC1rZXk=';

let repository: string;
let into: string;

/** A repository with everything the package needs, and with much that it does not. */
beforeEach(async () => {
  repository = await mkdtemp(join(tmpdir(), 'repository-'));
  into = join(repository, 'dist/package');
  for (const path of ['package.json', 'host.json', 'routing.json', 'README.md']) {
    await cp(join(APP_ROOT, path), join(repository, path));
  }
  await cp(join(APP_ROOT, 'local.settings.json.example'), join(repository, 'local.settings.json'));
  await cp(join(APP_ROOT, 'host.json'), join(repository, 'dist/app.cjs'));
  await writeViewer(join(repository, 'dist/api-docs'));
});
afterEach(() => rm(repository, { recursive: true }));

describe('the package', () => {
  it('holds the bundle, the page of the API, host.json, the routing document and a package.json, and nothing else of the repository', async () => {
    await assemblePackage(repository, into);
    expect((await filesOf(into)).map(({ path }) => path)).toEqual([
      ...viewerFiles.map((file) => `dist/api-docs/${file}`),
      'dist/app.cjs',
      'host.json',
      'package.json',
      'routing.json',
    ]);
  });

  it('has a package.json that names no dependency and no script', async () => {
    await assemblePackage(repository, into);
    const manifest: unknown = JSON.parse(await readFile(join(into, 'package.json'), 'utf8'));
    expect(manifest).toEqual({
      name: 'job-router-functions',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      main: 'dist/app.cjs',
      engines: { node: '>=22' },
    });
  });

  it('is made afresh, without what an earlier one left behind', async () => {
    await assemblePackage(repository, into);
    await writeFile(join(into, 'old.cjs'), '');
    await assemblePackage(repository, into);
    expect(existsSync(join(into, 'old.cjs'))).toBe(false);
  });
});

describe('a package that cannot be made', () => {
  it.each(['dist/app.cjs', 'host.json', 'routing.json', 'package.json'])(
    'says that %s is missing',
    async (path) => {
      await rm(join(repository, path));
      await expect(assemblePackage(repository, into)).rejects.toThrow(`- ${path} is missing from`);
    },
  );

  it('names everything that is missing at once', async () => {
    await rm(join(repository, 'host.json'));
    await rm(join(repository, 'routing.json'));
    await expect(assemblePackage(repository, into)).rejects.toThrow(
      /host\.json is missing.*\n.*routing\.json is missing/,
    );
  });

  it('names the file that holds a secret, without quoting the secret', async () => {
    const routing = JSON.parse(await readFile(join(repository, 'routing.json'), 'utf8'));
    routing.automation.rules[0].name = `endpoint=https://a.communication.azure.com/;accesskey=${KEY}`;
    await writeFile(join(repository, 'routing.json'), JSON.stringify(routing));
    const error = await assemblePackage(repository, into).catch((failure: unknown) => failure);
    expect(String(error)).toContain('routing.json holds what looks like a Communication Services access key');
    expect(String(error)).not.toContain(KEY);
  });

  it('looks for secrets in what is compressed too', async () => {
    const page = gzipSync(`<p>endpoint=https://a.communication.azure.com/;accesskey=${KEY}</p>`);
    await writeFile(join(repository, 'dist/api-docs/index.html.gz'), page);
    await expect(assemblePackage(repository, into)).rejects.toThrow('dist/api-docs/index.html.gz holds');
  });

  it.each([
    ['rules that cannot be read', { automation: { rules: [{ name: 'a', accept: 'always' }] } }],
    ['no rules', { queues: [] }],
    ['a misspelt member', { automation: { rules: [] }, queus: [] }],
  ])('refuses a routing document with %s', async (_what, document) => {
    await writeFile(join(repository, 'routing.json'), JSON.stringify(document));
    await expect(assemblePackage(repository, into)).rejects.toThrow('- routing.json');
  });

  it('leaves no folder behind that somebody could deploy', async () => {
    await assemblePackage(repository, into);
    await writeFile(join(repository, 'routing.json'), 'not JSON');
    await expect(assemblePackage(repository, into)).rejects.toThrow('is not JSON');
    expect(existsSync(into)).toBe(false);
  });
});

describe('looking at a package', () => {
  it.each([
    ['local.settings.json', 'is a file for secrets'],
    ['dist/.env.production', 'is a file for secrets'],
    ['certificate-7080.pem', 'is a file for secrets'],
    ['dist/app.cjs.map', 'does not belong into the package'],
  ])('finds %s, which %s', async (path, problem) => {
    await assemblePackage(repository, into);
    await writeFile(join(into, path), '');
    expect(await problemsIn(into)).toEqual([expect.stringContaining(`${path} ${problem}`)]);
  });
});

describe('.funcignore', () => {
  it('lets Core Tools publish the same files from the root', async () => {
    const lines = (await readFile(join(APP_ROOT, '.funcignore'), 'utf8')).split('\n');
    const kept = lines.flatMap((line) => /^!(.+\..+)$/.exec(line)?.[1] ?? []);
    await assemblePackage(repository, into);
    expect(lines).toContain('*');
    expect(kept.sort()).toEqual((await filesOf(into)).map(({ path }) => path));
  });
});
