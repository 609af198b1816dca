/** What is deployed: these files and no others. The rest of the repository is how they are made and proved. */
import { OLDEST_NODE } from '../build.ts';
import { viewerFiles } from '../openapi/viewer/files.ts';

/** Taken as they are, to the same place in the package, so that the app finds its folder as it does here. */
export const copiedFiles: readonly string[] = [
  'dist/app.cjs',
  ...viewerFiles.map((file) => `dist/api-docs/${file}`),
  'host.json',
  'routing.json',
];

/** Every file of the package, by its path in it. */
export const packageFiles: readonly string[] = [...copiedFiles, 'package.json'].sort();

/**
 * The package's own package.json. It names no dependency, because the bundle holds them all and a build in Azure
 * would only fetch them again, and no script, because nothing is run there but `main`.
 */
export function deployedManifest(manifest: { name: string; version: string; main: string }): string {
  const { name, version, main } = manifest;
  const engines = { node: `>=${OLDEST_NODE}` };
  return `${JSON.stringify({ name, version, main, engines }, null, 2)}\n`;
}
