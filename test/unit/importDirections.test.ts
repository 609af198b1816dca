import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

const wrong = [
  ['src/automation', '../jobRouter/openJobRouter.ts'],
  ['src/events', 'node:fs'],
  ['src/handling', '../functions/acceptOffer.ts'],
  ['src/handling', '@azure/functions'],
  ['src/input/text', '../../config.ts'],
  ['src/jobRouter', '../handleRouterEvent.ts'],
  ['src/jobRouter/inputs', '../acsJobRouter.ts'],
  ['src/http', '@azure/functions'],
  ['src/http/jobs', '../../handling/perform.ts'],
  ['src/routing', '../http/endpoint.ts'],
  ['src/routing/checks', '../../config.ts'],
  ['src/deferral', '../http/endpoint.ts'],
  ['src/parking', '../functions/acceptOffer.ts'],
  ['src/storage', '../parking/parkedEvent.ts'],
  ['src/work', '../automation/rules.ts'],
  ['src/reconciling', '../functions/reconcileJobs.ts'],
  ['src/reconciling', '@azure/functions'],
  ['src/ruleBook', '../handleRouterEvent.ts'],
  ['src', '@azure-rest/core-client'],
  ['src', '../emulator/suite.ts'],
  ['emulator', '../src/clock.ts'],
  ['cli/jobs', '../../src/http/jobs.ts'],
  ['cli/events', '../../emulator/eventGrid/send.ts'],
  ['emulator/eventGrid', '../router/http/server.ts'],
  ['emulator/http', '../router/router.ts'],
  ['emulator/functionsHost/triggers', '../../router/router.ts'],
  ['emulator/router/engine', '../router.ts'],
  ['emulator/router/engine/model', '../../router.ts'],
  ['emulator/router/http', '../../eventGrid/send.ts'],
] as const;

const right = [
  ['src/functions', '@azure/functions'],
  ['src/automation', '../events/routerEvent.ts'],
  ['src/storage', '../identityCredential.ts'],
  ['src/jobRouter', '@azure-rest/core-client'],
  ['src/jobRouter/inputs', '../wire.ts'],
  ['src/routing/checks', '../../jobRouter/wire.ts'],
  ['emulator/router/http', '../router.ts'],
  ['emulator/http', '../messageOf.ts'],
  ['cli/routing', '../../src/routing/routing.ts'],
  ['cli', '../emulator/commands/suiteCommands.ts'],
  ['emulator/router/engine', '../../clock/instant.ts'],
  ['emulator/router/engine/model', '../ids.ts'],
] as const;

const folder = mkdtempSync(join(tmpdir(), 'import-directions-'));
const fileOf = (place: string, imported: string) => `${place}/${imported.replace(/\W+/g, '-')}.ts`;
let complaints = '';

/** One run of the linter, by the project's own rules, over files that each have one import. */
beforeAll(() => {
  cpSync(join(root, 'biome.json'), join(folder, 'biome.json'));
  for (const [place, imported] of [...wrong, ...right]) {
    const path = join(folder, fileOf(place, imported));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `import { app } from '${imported}';\nexport const used = app;\n`);
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const words = ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', '.'];
  const { stdout, stderr } = spawnSync(process.execPath, [biome, ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  complaints = stdout + stderr;
});

afterAll(() => rmSync(folder, { recursive: true }));

const complaintAbout = (file: string) =>
  complaints.split('\n').find((line) => line.includes('noRestrictedImports') && line.includes(`/${file},`));

describe('an import that points the wrong way', () => {
  it.each(wrong)('is an error of the linter: %s imports %s', (place, imported) => {
    expect(complaintAbout(fileOf(place, imported))).toContain('::error');
  });
});

describe('an import that points the right way', () => {
  it.each(right)('passes: %s imports %s', (place, imported) => {
    expect(complaintAbout(fileOf(place, imported))).toBeUndefined();
  });
});
