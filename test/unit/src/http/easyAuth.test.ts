import { describe, expect, it } from 'vitest';
import { signedInAs } from '../../../../src/http/easyAuth.ts';

const LONG_ROLE = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role';
const LONG_ID = 'http://schemas.microsoft.com/identity/claims/objectidentifier';
const claim = (typ: string, val: string) => ({ typ, val });

const read = (header: string | undefined) =>
  signedInAs(new Headers(header === undefined ? {} : { 'x-ms-client-principal': header }));
const encoded = (principal: unknown) => Buffer.from(JSON.stringify(principal)).toString('base64');

describe('who App Service authentication says is asking', () => {
  it.each([
    ['as the token has it', [claim('oid', 'ada'), claim('roles', 'Jobs.Read')], undefined],
    ['by the long names', [claim(LONG_ID, 'ada'), claim(LONG_ROLE, 'Jobs.Read')], LONG_ROLE],
    ['by the name the header says', [claim('oid', 'ada'), claim('duty', 'Jobs.Read')], 'duty'],
    [
      'by both names of an id',
      [claim('oid', 'ada'), claim(LONG_ID, 'ada'), claim('roles', 'Jobs.Read')],
      null,
    ],
  ])('is read %s', (_, claims, role_typ) => {
    expect(read(encoded({ auth_typ: 'aad', claims, name_typ: 'name', role_typ }))).toEqual({
      caller: { kind: 'signedIn', id: 'ada', roles: ['Jobs.Read'] },
    });
  });

  it('has every role that is known, whatever else is claimed', () => {
    const claims = ['Jobs.Submit', 'routing.admin', 'Routing.Admin ', 'Jobs.Read'].map((val) =>
      claim('roles', val),
    );
    expect(read(encoded({ claims }))).toEqual({
      caller: { kind: 'signedIn', id: undefined, roles: ['Jobs.Submit', 'Jobs.Read'] },
    });
  });

  it('has no roles by another provider than Entra', () => {
    const claims = [claim('oid', 'ada'), claim('roles', 'Routing.Admin')];
    expect(read(encoded({ auth_typ: 'facebook', claims }))).toMatchObject({ caller: { roles: [] } });
  });

  it.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['no base64', '{"claims":[]}'],
    ['two headers that were joined', `${encoded({ claims: [] })}, ${encoded({ claims: [] })}`],
    ['no JSON', Buffer.from('claims').toString('base64')],
    ['no claims', encoded({ auth_typ: 'aad' })],
    ['claims of another shape', encoded({ claims: { roles: ['Routing.Admin'] } })],
    ['a claim without a text', encoded({ claims: [{ typ: 'roles', val: ['Routing.Admin'] }] })],
    ['two ids', encoded({ claims: [claim('oid', 'ada'), claim(LONG_ID, 'bob')] })],
    ['more than anybody needs', encoded({ claims: [claim('groups', 'x'.repeat(12_000))] })],
  ])('is nobody, with a reason that quotes nothing: %s', (_, header) => {
    const answer = read(header);
    expect(answer).toEqual({ problem: expect.stringMatching(/signed in|cannot be read|more than one id/) });
  });
});
