/** Finds a Bicep compiler: on the PATH, the one Azure CLI installed, or the package in NuGet's cache. */
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pinnedVersion } from './pinnedVersion.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Path of the compiler, if there is one. */
export const findBicep = (environment: Environment): string | undefined =>
  placesOf(environment).find(isExecutable);

function placesOf(environment: Environment): readonly string[] {
  const executable = process.platform === 'win32' ? 'bicep.exe' : 'bicep';
  const onPath = (environment.PATH ?? '').split(delimiter).filter(Boolean);
  const azureCli = environment.AZURE_CONFIG_DIR ?? join(homedir(), '.azure');
  return [...onPath, join(azureCli, 'bin')]
    .map((folder) => join(folder, executable))
    .concat(join(packageFolder(environment), 'tools', executable));
}

/** Where NuGet keeps the package once it is restored. */
function packageFolder(environment: Environment): string {
  const cache = environment.NUGET_PACKAGES ?? join(homedir(), '.nuget', 'packages');
  return join(cache, `azure.bicep.commandline.${bicepPlatform()}`, pinnedVersion());
}

/** As the packages are named: linux-x64, osx-arm64, win-x64. */
export function bicepPlatform(): string {
  const systems: Partial<Record<NodeJS.Platform, string>> = { darwin: 'osx', win32: 'win' };
  return `${systems[process.platform] ?? 'linux'}-${process.arch}`;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
