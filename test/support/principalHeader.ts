import type { Role } from '../../src/http/caller.ts';

/** The header of App Service authentication for somebody who signed in by Entra. */
export function principalHeader({
  id,
  roles,
}: {
  readonly id?: string;
  readonly roles: readonly (Role | string)[];
}) {
  const claims = [
    ...(id === undefined
      ? []
      : [{ typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: id }]),
    ...roles.map((val) => ({ typ: 'roles', val })),
  ];
  const principal = { auth_typ: 'aad', claims, name_typ: 'name', role_typ: 'roles' };
  return { 'x-ms-client-principal': Buffer.from(JSON.stringify(principal)).toString('base64') };
}
