/** `npm run package`: builds the app, makes dist/package, proves that it starts alone, prints what came out. */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildApiDocs, buildBundle } from '../build.ts';
import { assemblePackage } from './assemblePackage.ts';
import { describePackage } from './describePackage.ts';
import { startAlone } from './startAlone.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = fileURLToPath(new URL('../dist/package', import.meta.url));

try {
  // Before anything that may fail: an old package must not pass for the one that could not be made.
  await rm(folder, { recursive: true, force: true });
  await Promise.all([buildBundle(), buildApiDocs()]);
  await assemblePackage(root, folder);
  const starts = await startAlone(folder, 3);
  console.log('dist/package');
  for (const line of await describePackage(folder, starts)) console.log(line);
} catch (error) {
  await rm(folder, { recursive: true, force: true });
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
