import type { SignIn } from '../settings/signInSetting.ts';
import { type Caller, hasRole } from './caller.ts';
import { signedInAs } from './easyAuth.ts';
import type { Endpoint } from './endpoint.ts';
import type { Problem } from './problem.ts';
import type { Read } from './readBody.ts';

const keyHolder: Caller = { kind: 'keyHolder' };
const anybody: Caller = { kind: 'signedIn', id: undefined, roles: [] };

/**
 * Who asks an endpoint, or the refusal of whoever may not. While nobody has to sign in, no header is looked at: anybody could
 * send it. What is open to everybody does not ask who comes.
 */
export function admit(
  { roles }: Pick<Endpoint, 'roles'>,
  headers: Pick<Headers, 'get'>,
  signIn: SignIn,
): Read<Caller> {
  if (signIn === 'off') return { kind: 'read', value: keyHolder };
  if (roles.length === 0) return { kind: 'read', value: anybody };
  const signedIn = signedInAs(headers);
  if ('problem' in signedIn) {
    return { kind: 'problem', problem: { name: 'notSignedIn', status: 401, detail: signedIn.problem } };
  }
  const { caller } = signedIn;
  if (hasRole(caller, ...roles)) return { kind: 'read', value: caller };
  return { kind: 'problem', problem: notAllowed(`This takes one of these roles: ${roles.join(', ')}.`) };
}

/** The refusal of whoever is known and may not. Its text must not tell whether what was asked for exists. */
export const notAllowed = (detail: string): Problem => ({ name: 'notAllowed', status: 403, detail });

/** The refusal of a worker who reaches for what is another's. */
export const notYourOwn: Problem = notAllowed('A worker may do this for itself only.');
