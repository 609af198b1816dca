import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

const versions = z.record(z.string(), z.string()).default({});
const manifest = z.looseObject({
  dependencies: versions,
  optionalDependencies: versions,
  devDependencies: versions,
});
const packageFile = manifest.extend({ allowScripts: z.record(z.string(), z.boolean()) });
const lockFile = z.object({
  packages: z.record(
    z.string(),
    manifest.extend({
      version: z.string().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      hasInstallScript: z.boolean().default(false),
    }),
  ),
});

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
const ours = packageFile.parse(read('package.json'));
const { packages } = lockFile.parse(read('package-lock.json'));

describe('the lock file', () => {
  it.each(['dependencies', 'optionalDependencies', 'devDependencies'] as const)(
    'asks for the %s that package.json asks for',
    (kind) => expect(packages['']?.[kind]).toEqual(ours[kind]),
  );

  it('keeps the official client, which not every registry has, as it was published', () => {
    expect(packages['node_modules/@azure-rest/communication-job-router']).toMatchObject({
      version: '1.0.0',
      integrity:
        'sha512-rQ0M3TBuDjVpTF92OzfItsajQTnra+b3x7rf1Cfjypt9AIPsiamvQg1Ryj4VD3tgeOeUK+aqhQO/OcQrx4kMIg==',
      dependencies: { '@azure-rest/core-client': '^1.1.4' },
    });
  });

  it('names no registry', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });

  it('holds no install script about which package.json says nothing', () => {
    const withScripts = Object.entries(packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
    const undecided = withScripts.filter((name) => !(name in ours.allowScripts));
    expect(undecided).toEqual([]);
  });
});
