import type { ConfigProblem } from './configProblem.ts';

/** Whether whoever calls over HTTP has to be signed in, and to have a role. */
export type SignIn = 'off' | 'required';

/** What the setting says, or what is wrong with it. Misspelt, it must not leave the door open. */
export function signInFrom(setting: string | undefined): SignIn | ConfigProblem {
  if (setting === undefined || setting === 'off') return 'off';
  if (setting === 'required') return 'required';
  return {
    setting: 'EASY_AUTH',
    problem: 'is neither off nor required',
    fix: 'write required where App Service authentication stands before the app and rejects unauthenticated requests, else off',
  };
}
