import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const projectFile = fileURLToPath(new URL('bicep.csproj', import.meta.url));

/** The compiler's version as bicep.csproj pins it. */
export function pinnedVersion(): string {
  const pinned = /Version="\[([^\]]+)\]"/.exec(readFileSync(projectFile, 'utf8'))?.[1];
  if (pinned === undefined) throw new Error(`${projectFile} pins no version.`);
  return pinned;
}
