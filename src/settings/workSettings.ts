import { signingSecretProblem } from '../work/signature.ts';
import type { ConfigProblem } from './configProblem.ts';

/** The secret that requests for work are signed with, or what is wrong with it. */
export function workSecretFrom(secret: string | undefined): string | undefined | ConfigProblem {
  const problem = secret === undefined ? undefined : signingSecretProblem(secret);
  if (problem === undefined) return secret;
  return {
    setting: 'WORK_SIGNING_SECRET',
    problem,
    fix: 'write 24 to 64 random bytes as base64, such as `openssl rand -base64 32` prints; the prefix whsec_ may stand before them',
  };
}
