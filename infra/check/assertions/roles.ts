import type { Assertion } from '../facts/facts.ts';
import { bicepFiles } from '../facts/infraSources.ts';
import { resourcesOf, valueAt } from '../facts/prediction.ts';
import { knownRoles } from './knownRoles.ts';

const assignment = /'Microsoft\.Authorization\/roleAssignments@/g;
const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

export const roles: Assertion = {
  title: 'Only known roles are given, one to a file, each with its name and its reason',

  overSources: ({ sources }) =>
    bicepFiles(sources)
      .filter(([, text]) => text.includes('Microsoft.Authorization/roleAssignments@'))
      .flatMap(([path, text]) => [
        ...(path.startsWith('infra/modules/roles/')
          ? []
          : [`${path} gives a role outside infra/modules/roles`]),
        ...([...text.matchAll(assignment)].length === 1 ? [] : [`${path} gives more than one role`]),
        ...(/name: guid\(/.test(text) ? [] : [`${path} does not name its assignment with guid()`]),
        ...[...text.matchAll(guid)].flatMap(([id]) => wrongRole(id, text, path)),
        ...(text.search(guid) >= 0 ? [] : [`${path} names no role by its id`]),
      ]),

  overCompiled: (_, { predictions }) =>
    predictions.flatMap((all) =>
      resourcesOf(all, 'Microsoft.Authorization/roleAssignments').flatMap(({ properties }) => {
        const id = String(valueAt(properties, 'roleDefinitionId')).split('/').at(-1) ?? '';
        const reason = String(valueAt(properties, 'description') ?? '');
        return wrongRole(id, reason, `the compiled role assignments (${all.scenario})`);
      }),
    ),
};

function wrongRole(id: string, text: string, where: string): readonly string[] {
  const name = knownRoles.get(id);
  if (name === undefined) return [`role ${id} in ${where} is not among infra/check/assertions/knownRoles.ts`];
  const reason = new RegExp(`${name}: \\S.{20,}`);
  return reason.test(text) ? [] : [`role ${id} in ${where} is not described as "${name}: …" with a reason`];
}
