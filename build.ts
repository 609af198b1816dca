/**
 * Bundles the function app into one CommonJS file, and writes what it serves as files beside it; bundles the emulator suite
 * too, so that it starts in a third of the time its sources take. The worker itself supplies @azure/functions-core;
 * @azure-rest/communication-job-router is bundled where it is installed.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { writeViewer } from './openapi/viewer/files.ts';

const officialClient = '@azure-rest/communication-job-router';

/** The oldest major version of Node that the deployed bundle is written for. */
export const OLDEST_NODE = 22;

const shared = {
  absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
  bundle: true,
  platform: 'node',
  // Not only for size: a module of ES that imports node:http loads all of it, and 10 MB more than a require does.
  format: 'cjs',
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** Writes dist/api-docs: the page on which the HTTP surface can be read. */
export const buildApiDocs = (): Promise<void> =>
  writeViewer(fileURLToPath(new URL('dist/api-docs', import.meta.url)));

/**
 * Writes dist/app.cjs and its source map.
 *
 * @throws what esbuild found wrong, which it has printed by then.
 */
export async function buildBundle(): Promise<void> {
  const officialClientIsInstalled = existsSync(new URL(`node_modules/${officialClient}`, import.meta.url));
  const { metafile } = await build({
    ...shared,
    entryPoints: ['src/app.ts'],
    outfile: 'dist/app.cjs',
    target: `node${OLDEST_NODE}`,
    // Names of functions are part of what is logged. The emulator does without: keeping them costs it 3 MB.
    keepNames: true,
    // Libraries that come as ES modules too lose what is not used of them; OpenTelemetry's exporter loses four fifths.
    mainFields: ['module', 'main'],
    define: { 'import.meta.dirname': '__dirname' },
    external: ['@azure/functions-core', ...(officialClientIsInstalled ? [] : [officialClient])],
  });
  const { bytes = 0 } = metafile.outputs['dist/app.cjs'] ?? {};
  console.log(`dist/app.cjs ${(bytes / 1e6).toFixed(2)} MB`);
}

/** The entry switches Node's compile cache on before it loads the rest, so the rest has to be a file of its own. */
const loadTheRest: Plugin = {
  name: 'load the rest',
  setup({ onResolve }) {
    onResolve({ filter: /\/commandLine\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './commandLine.cjs', external: true } : undefined,
    );
  },
};

/**
 * Writes dist/emulator.cjs, which starts the emulator suite as emulator/main.ts does, and dist/commandLine.cjs, which is
 * all of it but the Functions host: that one is loaded from its sources, in a process of its own.
 *
 * @throws what esbuild found wrong, which it has printed by then.
 */
export async function buildEmulator(): Promise<void> {
  await build({
    ...shared,
    entryPoints: { emulator: 'emulator/main.ts', commandLine: 'emulator/commandLine.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    target: 'node24',
    define: { 'import.meta.url': 'thisFile' },
    banner: { js: "const thisFile = require('node:url').pathToFileURL(__filename).href;" },
    // Seldom needed and large.
    external: ['selfsigned'],
    plugins: [loadTheRest],
  });
}

if (import.meta.main) await Promise.all([buildBundle(), buildApiDocs(), buildEmulator()]);
