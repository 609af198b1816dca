/** Restores the compiler's NuGet package where .NET is at hand and the registry has it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { bicepPlatform, type Environment, findBicep } from './findBicep.ts';
import { projectFile } from './pinnedVersion.ts';

export type Brought = { readonly bicep: string } | { readonly absent: string };

/** The compiler, found or brought; else why there is none. */
export function bringBicep(environment: Environment): Brought {
  const found = findBicep(environment);
  if (found !== undefined) return { bicep: found };
  const failure = restore(environment);
  const bicep = failure === undefined ? findBicep(environment) : undefined;
  if (bicep !== undefined) return { bicep };
  return { absent: failure ?? 'the restored package holds no compiler for this machine' };
}

/** Answers why it failed. */
function restore(environment: Environment): string | undefined {
  const scratch = mkdtempSync(join(tmpdir(), 'bicep-restore-'));
  try {
    const scratchProperty = `-p:MSBuildProjectExtensionsPath=${scratch}${sep}`;
    execFileSync('dotnet', ['restore', projectFile, scratchProperty, `-p:BicepPlatform=${bicepPlatform()}`], {
      env: { ...environment, DOTNET_NOLOGO: '1', DOTNET_CLI_TELEMETRY_OPTOUT: '1' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
    });
    return undefined;
  } catch (cause) {
    return `dotnet restore did not bring it: ${reasonOf(cause)}`;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if ('code' in cause && cause.code === 'ENOENT') return 'dotnet is not installed';
  const printed = 'stdout' in cause && typeof cause.stdout === 'string' ? cause.stdout : '';
  return /error [^\n]*/.exec(printed)?.[0] ?? cause.message;
}
