/**
 * Bundles the function app into one CommonJS file, which is all that is deployed of it. The worker itself
 * supplies @azure/functions-core; @azure-rest/communication-job-router is bundled where it is installed.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const officialClient = '@azure-rest/communication-job-router';

/** The oldest major version of Node that the bundle is written for. */
export const OLDEST_NODE = 22;

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * Writes dist/app.cjs and its source map.
 *
 * @throws what esbuild found wrong, which it has printed by then.
 */
export async function buildBundle(): Promise<void> {
  const officialClientIsInstalled = existsSync(new URL(`node_modules/${officialClient}`, import.meta.url));
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['src/app.ts'],
    outfile: 'dist/app.cjs',
    bundle: true,
    platform: 'node',
    target: `node${OLDEST_NODE}`,
    format: 'cjs',
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    keepNames: true,
    legalComments: 'none',
    // Libraries that come as ES modules too lose what is not used of them; OpenTelemetry's exporter loses four fifths.
    mainFields: ['module', 'main'],
    define: { 'import.meta.dirname': '__dirname' },
    external: ['@azure/functions-core', ...(officialClientIsInstalled ? [] : [officialClient])],
    metafile: true,
    logLevel: 'warning',
  });
  const output = result.metafile.outputs['dist/app.cjs'];
  console.log(`dist/app.cjs ${((output?.bytes ?? 0) / 1e6).toFixed(2)} MB`);
}

if (import.meta.main) await buildBundle();
