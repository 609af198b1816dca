/** The page that shows the document: what it is made of, and how that is written down for the app to serve. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** Where each file comes from: beside this one, or out of the viewer's package. */
const sources = {
  'index.html': ['index.html'],
  // Whoever serves the viewer to others hands on what its authors say.
  'licenses.txt': ['LICENSE', 'NOTICE', 'swagger-ui-bundle.js.LICENSE.txt'].map(ofTheViewer),
  'openapi.json': ['../../docs/openapi.json'],
  'page.css': ['page.css'],
  'start.js': ['start.js'],
  'swagger-ui-bundle.js': [ofTheViewer('swagger-ui-bundle.js')],
  'swagger-ui.css': [ofTheViewer('swagger-ui.css')],
} as const satisfies Readonly<Record<string, readonly string[]>>;

function ofTheViewer(name: string): string {
  return `../../node_modules/swagger-ui-dist/${name}`;
}

/** The files as they are written, by name. */
export const viewerFiles: readonly string[] = Object.keys(sources).map((name) => `${name}.gz`);

/** Writes them afresh, compressed as far as it goes: they are read often, and made once. */
export async function writeViewer(into: string): Promise<void> {
  await rm(into, { recursive: true, force: true });
  await mkdir(into, { recursive: true });
  await Promise.all(Object.entries(sources).map(([name, parts]) => write(join(into, `${name}.gz`), parts)));
}

async function write(path: string, parts: readonly string[]): Promise<void> {
  const read = await Promise.all(parts.map((part) => readFile(new URL(part, import.meta.url), 'utf8')));
  const text = read.join('\n');
  // What is laid out for people to compare is not what goes over the network.
  const sent = path.endsWith('.json.gz') ? JSON.stringify(JSON.parse(text)) : text;
  await writeFile(path, await compress(sent, { level: 9 }));
}
