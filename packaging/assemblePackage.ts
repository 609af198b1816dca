import { existsSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { copiedFiles, deployedManifest, packageFiles } from './contents.ts';
import { problemsIn } from './inspectPackage.ts';

/** Everything that keeps a package from being deployed, together. Quotes no secret. */
class PackageError extends Error {
  override readonly name = 'PackageError';

  constructor(problems: readonly string[]) {
    super(['The package cannot be made:', ...problems.map((problem) => `- ${problem}`)].join('\n'));
  }
}

const manifest = z.object({ name: z.string(), version: z.string(), main: z.literal('dist/app.cjs') });

/**
 * Makes the package afresh. A folder stays behind only when everything in it is right, so that no deployment finds
 * the remains of a failure.
 *
 * @param from the root of the repository, built.
 * @throws PackageError with everything that is wrong.
 */
export async function assemblePackage(from: string, into: string): Promise<void> {
  await rm(into, { recursive: true, force: true });
  const missing = packageFiles.filter((path) => !existsSync(join(from, path)));
  if (missing.length > 0) {
    throw new PackageError(missing.map((path) => `${path} is missing from ${from}`));
  }
  // What a link points at is what the deployment needs.
  for (const path of copiedFiles) await cp(join(from, path), join(into, path), { dereference: true });
  const root = manifest.parse(JSON.parse(await readFile(join(from, 'package.json'), 'utf8')));
  await writeFile(join(into, 'package.json'), deployedManifest(root));

  const problems = await problemsIn(into);
  if (problems.length === 0) return;
  await rm(into, { recursive: true, force: true });
  throw new PackageError(problems);
}
