/**
 * What App Service authentication ("Easy Auth") tells the app about who signed in: the header `x-ms-client-principal`, JSON
 * in base64 (Microsoft, "Work with user identities in Azure App Service authentication"). It is not signed. App Service
 * takes it off every request that brings one along, so it says something behind App Service authentication, and nowhere else.
 */
import * as z from 'zod';
import { parseJson } from '../input/parseJson.ts';
import { type Caller, roles } from './caller.ts';

/** Longer than the claims of anybody with roles; Node takes 16 KB of headers altogether. */
const LONGEST = 12_000;

/** Names of a claim: as the token has it, and as App Service may rename it. */
const ROLE_CLAIMS = ['roles', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role'];
const ID_CLAIMS = ['oid', 'http://schemas.microsoft.com/identity/claims/objectidentifier'];

/** Who signed in, or why that cannot be said, in words that repeat nothing of the header. */
export function signedInAs(
  headers: Pick<Headers, 'get'>,
): { readonly caller: Caller } | { readonly problem: string } {
  const header = headers.get('x-ms-client-principal');
  if (header === null || header === '') return { problem: 'Nobody is signed in.' };
  const principal = readPrincipal(header);
  if (principal === undefined) return { problem: 'The header x-ms-client-principal cannot be read.' };
  const { auth_typ: provider, role_typ: roleClaim, claims } = principal;
  const valuesOf = (names: readonly (string | null | undefined)[]) =>
    new Set(claims.flatMap(({ typ, val }) => (names.includes(typ) ? [val] : [])));
  const [id, ...others] = valuesOf(ID_CLAIMS);
  if (others.length > 0) return { problem: 'The header x-ms-client-principal names more than one id.' };
  // Roles are Entra's to give. Another provider may let people choose what their claims say.
  const isEntra = provider === undefined || provider === null || provider.toLowerCase() === 'aad';
  const given = isEntra ? valuesOf([...ROLE_CLAIMS, roleClaim]) : new Set<string>();
  return { caller: { kind: 'signedIn', id, roles: roles.filter((role) => given.has(role)) } };
}

/** Built when it is first needed: a cold start has better things to do. */
let schema: ReturnType<typeof principalSchema> | undefined;

const principalSchema = () =>
  z.object({
    auth_typ: z.string().nullish(),
    role_typ: z.string().nullish(),
    claims: z.array(z.object({ typ: z.string(), val: z.string() })),
  });

function readPrincipal(header: string): z.infer<ReturnType<typeof principalSchema>> | undefined {
  // Buffer would leave out what is not base64, and read the rest.
  if (header.length > LONGEST || !/^[A-Za-z0-9+/]+={0,2}$/.test(header)) return undefined;
  const json = parseJson(Buffer.from(header, 'base64').toString('utf8'));
  if (!('value' in json)) return undefined;
  schema ??= principalSchema();
  return schema.safeParse(json.value).data;
}
