import type { ClientFactory } from '@azure-rest/communication-job-router';

const packageName = '@azure-rest/communication-job-router';

/**
 * The factory of the official package; undefined where the package is not installed. Every other failure to
 * load it is thrown: a broken installation must not pass for a missing one.
 */
export async function loadOfficialClient(): Promise<ClientFactory | undefined> {
  try {
    // The name stands here literally so that the bundler sees it, and bundles the package where it can.
    const { default: factory } = await import('@azure-rest/communication-job-router');
    return typeof factory === 'function' ? factory : factory.default;
  } catch (error) {
    if (saysThatPackageIsMissing(error)) return undefined;
    throw error;
  }
}

/** True for "module not found" about the package itself, false when one of its own modules is missing. */
export function saysThatPackageIsMissing(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  const isNotFound = error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND';
  return isNotFound && new RegExp(`(package|module) '${packageName}'`).test(error.message);
}
