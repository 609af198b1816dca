import { filesOf } from './inspectPackage.ts';
import type { Started } from './startAlone.ts';

/** What is in a package and how fast it starts, as lines for a person. */
export async function describePackage(folder: string, starts: readonly Started[]): Promise<string[]> {
  const files = await filesOf(folder);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const inOrder = starts.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const median = inOrder[Math.floor(inOrder.length / 2)] ?? Number.NaN;
  const width = Math.max(...files.map(({ path }) => path.length));
  const count = starts[0]?.functions.length ?? 0;
  return [
    ...files.map(({ path, bytes }) => `  ${path.padEnd(width)}  ${sizeOf(bytes)}`),
    `size           ${sizeOf(bytes)} in ${files.length} files`,
    `start          ${median.toFixed(0)} ms until ${count} functions are registered (median of ${starts.length} fresh processes, slowest ${inOrder.at(-1)?.toFixed(0)} ms)`,
    `Node           ${process.version}`,
  ];
}

const sizeOf = (bytes: number): string =>
  bytes < 100_000 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
