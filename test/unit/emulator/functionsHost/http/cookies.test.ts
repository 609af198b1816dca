import { expect, it } from 'vitest';
import { setCookieLine } from '../../../../../emulator/functionsHost/http/cookies.ts';
import type { RpcHttpCookie } from '../../../../../emulator/functionsHost/worker/rpc.ts';

it.each<[string, RpcHttpCookie, string]>([
  ['a bare cookie', { name: 'a', value: '1', sameSite: 'none' }, 'a=1; path=/'],
  ['a value with a blank', { name: 'a', value: 'b c' }, 'a=b%20c; path=/'],
  ['a path of its own', { name: 'a', value: '1', path: { value: '/x' } }, 'a=1; path=/x'],
  ['an explicit None', { name: 'a', value: '1', sameSite: 'explicitNone' }, 'a=1; path=/; samesite=none'],
  [
    'everything',
    {
      name: 'a',
      value: '1',
      expires: { value: { seconds: 0 } },
      maxAge: { value: 60 },
      domain: { value: 'x.test' },
      secure: { value: true },
      httpOnly: { value: true },
      sameSite: 'lax',
    },
    'a=1; expires=Thu, 01 Jan 1970 00:00:00 GMT; max-age=60; domain=x.test; path=/; secure; samesite=lax; httponly',
  ],
])('writes %s', (_case, cookie, line) => {
  expect(setCookieLine(cookie)).toBe(line);
});
