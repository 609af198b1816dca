import { spawnSync } from 'node:child_process';
import { pinnedVersion } from './pinnedVersion.ts';

/** What the compiler at a path says of its version: `0.47.16`, or that it is unknown. */
export function versionOf(bicep: string): string {
  const said = spawnSync(bicep, ['--version'], { encoding: 'utf8' }).stdout;
  return /\d+\.\d+\.\d+/.exec(said)?.[0] ?? 'unknown';
}

/** How a version is told; another one than the pinned may see more, or less. */
export const describeVersion = (version: string): string =>
  version === pinnedVersion() ? version : `${version}, NOT the pinned ${pinnedVersion()}`;
