import type { Assertion, Facts } from '../facts/facts.ts';

const packageFolder = 'dist/package';

export const hooks: Assertion = {
  title: 'azure.yaml and its hooks name what exists',
  overSources: (facts) => [
    ...everySystem(facts),
    ...scriptsExist(facts),
    ...(facts.sources.azureYaml.includes(`project: ${packageFolder}\n`)
      ? []
      : [`azure.yaml does not deploy ${packageFolder}, which npm run package makes`]),
    ...(new RegExp(`^  ${facts.sources.names.azdService}:$`, 'm').test(facts.sources.azureYaml)
      ? []
      : [`service ${facts.sources.names.azdService} is in infra/names.json and missing in azure.yaml`]),
  ],
};

/** A hook names a command for each family of systems. */
function everySystem({ sources }: Facts): readonly string[] {
  const section = sources.azureYaml.split(/^hooks:$/m)[1] ?? '';
  return ['prepackage', 'predeploy', 'postdeploy', 'predown'].flatMap((hook) => {
    const body = new RegExp(`^  ${hook}:\\n((?:    .*\\n?)+)`, 'm').exec(section)?.[1] ?? '';
    return ['posix', 'windows']
      .filter((system) => !body.includes(`${system}:`))
      .map((system) => `hook ${hook} of azure.yaml has no command for ${system}`);
  });
}

function scriptsExist({ sources }: Facts): readonly string[] {
  const scripts = new Set(
    [...sources.azureYaml.matchAll(/run: npm run ([\w:]+)/g)].map(([, name = '']) => name),
  );
  return [...scripts].flatMap((name) => {
    const command = sources.scripts[name];
    if (command === undefined) return [`script ${name} is in azure.yaml and missing in package.json`];
    return [...command.matchAll(/\bnode ([\w./]+)/g)]
      .map(([, path = '']) => path)
      .filter((path) => !sources.exists(path))
      .map((path) => `file ${path} of the script ${name} is in package.json and missing on disk`);
  });
}
