/** How callers prove who they are, and what each operation asks for. */
import type { ZodOpenApiSecuritySchemeObject } from 'zod-openapi';
import type { Endpoint } from '../src/http/endpoint.ts';

const key = (where: 'a header' | 'the query') =>
  `A key of the function app, in ${where}. Keys are made by Azure: one for each function, host keys for all of them, and the ` +
  'master key, which operations of level `admin` ask for.';

/** Azure looks at keys before the app hears of a request, and at sign-in where it is switched on for the app. */
export const securitySchemes: Readonly<Record<string, ZodOpenApiSecuritySchemeObject>> = {
  functionKey: { type: 'apiKey', in: 'header', name: 'x-functions-key', description: key('a header') },
  functionKeyInQuery: { type: 'apiKey', in: 'query', name: 'code', description: key('the query') },
  signIn: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'A token of Microsoft Entra, which App Service authentication (Easy Auth) checks where it is switched on. Its app roles ' +
      'decide what it opens.',
  },
};

/** Either key opens an operation; nothing is asked for at those open to everybody. Sign-in comes on top, where it is on. */
export const securityOf = ({ level }: Pick<Endpoint, 'level'>) =>
  level === 'anonymous' ? [] : [{ functionKey: [] }, { functionKeyInQuery: [] }];

/** What a caller needs, in words. */
export function accessOf({ level, roles }: Pick<Endpoint, 'level' | 'roles'>): string {
  if (level === 'anonymous' && roles.length === 0) return 'Open to everybody.';
  const keys = { admin: 'Asks for the master key.', function: 'Asks for a function key.', anonymous: '' }[
    level
  ];
  const asked = roles.map((role) => `\`${role}\``).join(' or ');
  return [keys, asked && `Where sign-in is on: role ${asked}.`].filter((words) => words !== '').join(' ');
}
