/** Keeps what the compiler made of unchanged sources: compiling all of it takes most of the check's time. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Compiled } from '../facts/facts.ts';
import { repositoryRoot } from '../facts/infraSources.ts';
import { prediction } from '../facts/prediction.ts';

const kept = z.object({
  diagnostics: z.array(z.string()).length(0),
  templates: z.record(z.string(), z.unknown()),
  predictions: z.array(prediction.extend({ scenario: z.string() })),
});

export interface Remembered extends Compiled {
  /** Whether nothing had to be compiled. */
  readonly isRemembered: boolean;
}

/** @param compiler what names the compiler and its version. */
export async function rememberCompiled(
  compiler: string,
  compile: () => Promise<Compiled>,
): Promise<Remembered> {
  const folder = join(repositoryRoot, 'node_modules', '.cache', 'check-infra');
  const file = join(folder, `${fingerprint(compiler)}.json`);
  const known = existsSync(file) ? kept.safeParse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  if (known?.success) return { ...known.data, isRemembered: true };
  const compiled = await compile();
  // What is wrong is looked at afresh every time.
  if (
    kept.safeParse(compiled).success &&
    compiled.predictions.every(({ diagnostics }) => diagnostics.length === 0)
  ) {
    mkdirSync(folder, { recursive: true });
    // By renaming, so that a check beside this one never reads half a file.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(compiled));
    renameSync(`${file}.${process.pid}`, file);
  }
  return { ...compiled, isRemembered: false };
}

/** Of everything the compiler reads, and of how it is asked. */
function fingerprint(compiler: string): string {
  const infra = join(repositoryRoot, 'infra');
  const hash = createHash('sha256').update(compiler);
  const read = readdirSync(infra, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(bicep|bicepparam|json|kql)$|^check.(compiler|facts).*\.ts$/.test(path))
    .sort();
  for (const path of read) hash.update(`\0${path}\0`).update(readFileSync(join(infra, path)));
  return hash.digest('hex').slice(0, 32);
}
