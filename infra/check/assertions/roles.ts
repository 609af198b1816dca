import type { Assertion } from '../facts/facts.ts';
import { bicepFiles } from '../facts/infraSources.ts';
import { resourcesOf, valueAt } from '../facts/prediction.ts';
import { type KnownRole, knownRoles } from './knownRoles.ts';
import { scopeInSource, scopeOfId } from './roleScope.ts';

const assignment = /'Microsoft\.Authorization\/roleAssignments@/g;
const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const folder = 'infra/modules/roles/';
const table = 'infra/check/assertions/knownRoles.ts';

export const roles: Assertion = {
  title:
    'Only known roles are given, each where it is known to be, one to a file, with its name and its reason',

  overSources: ({ sources }) => [
    ...bicepFiles(sources)
      .filter(([, text]) => text.includes('Microsoft.Authorization/roleAssignments@'))
      .flatMap(([path, text]) => [
        ...(path.startsWith(folder) ? [] : [`${path} gives a role outside infra/modules/roles`]),
        ...([...text.matchAll(assignment)].length === 1 ? [] : [`${path} gives more than one role`]),
        ...(/name: guid\(/.test(text) ? [] : [`${path} does not name its assignment with guid()`]),
        ...wronglyGiven(path, text),
      ]),
    ...Object.keys(knownRoles)
      .filter((file) => !(sources.files['infra/main.bicep'] ?? '').includes(`'modules/roles/${file}.bicep'`))
      .map((file) => `role file ${file}.bicep is in ${table} and missing in infra/main.bicep`),
  ],

  overCompiled: (_, { predictions }) =>
    predictions.flatMap((all) =>
      resourcesOf(all, 'Microsoft.Authorization/roleAssignments').flatMap(({ id: assigned, properties }) => {
        const id = String(valueAt(properties, 'roleDefinitionId')).split('/').at(-1) ?? '';
        const where = `the compiled role assignments (${all.scenario})`;
        const known = Object.values(knownRoles).filter((role) => role.id === id);
        return wrongRole(id, known, scopeOfId(assigned), String(valueAt(properties, 'description')), where);
      }),
    ),
};

/** A file may give the one role the table has for it. */
function wronglyGiven(path: string, text: string): readonly string[] {
  const known = knownRoles[path.slice(folder.length).replace('.bicep', '')];
  const ids = [...text.matchAll(guid)].map(([id]) => id);
  if (ids.length === 0) return [`${path} names no role by its id`];
  return ids.flatMap((id) => wrongRole(id, known?.id === id ? [known] : [], scopeInSource(text), text, path));
}

function wrongRole(
  id: string,
  known: readonly KnownRole[],
  scope: string,
  text: string,
  where: string,
): readonly string[] {
  const [first] = known;
  if (first === undefined) return [`role ${id} in ${where} is not among ${table}, or not for this file`];
  const reason = new RegExp(`${first.name}: \\S.{20,}`);
  return [
    ...(known.some(({ on }) => on === scope)
      ? []
      : [`role ${first.name} in ${where} is given on ${scope}, not on ${first.on}`]),
    ...(reason.test(text)
      ? []
      : [`role ${id} in ${where} is not described as "${first.name}: …" with a reason`]),
  ];
}
