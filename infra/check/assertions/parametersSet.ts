import { environmentVariablesIn, outputsIn, parametersIn } from '../facts/bicepDeclarations.ts';
import type { Assertion, Facts } from '../facts/facts.ts';
import { difference, missingFrom } from './difference.ts';

/** Values of the second step that no output of the first gives. */
const ownOfSecondStep = ['EVENT_DELIVERY', 'WEBHOOK_URL'];
/** The hook makes it up; nobody sets it. */
const notForPeople = ['WEBHOOK_URL'];

export const parametersSet: Assertion = {
  title: 'Every parameter is set by the azd environment, and what it is set by is written down',
  overSources: (facts) => [
    ...assigned(facts, 'infra/main'),
    ...assigned(facts, 'infra/subscriptions'),
    ...secondStepIsFed(facts),
    ...writtenDown(facts),
    ...nobodySets(facts),
  ],
};

const textOf = ({ sources }: Facts, path: string): string => sources.files[path] ?? '';

function assigned(facts: Facts, stem: string): readonly string[] {
  const declared = parametersIn(textOf(facts, `${stem}.bicep`)).map(({ name }) => name);
  const set = [...textOf(facts, `${stem}.bicepparam`).matchAll(/^param (\w+) =/gm)].map(
    ([, name = '']) => name,
  );
  return difference(
    { where: `${stem}.bicep`, names: declared },
    { where: `${stem}.bicepparam`, names: set },
    'parameter',
  );
}

/** The second step reads what the first one answers, or what both are given. */
function secondStepIsFed(facts: Facts): readonly string[] {
  const answered = outputsIn(textOf(facts, 'infra/main.bicep')).map(({ name }) => name);
  const given = environmentVariablesIn(textOf(facts, 'infra/main.bicepparam'));
  return missingFrom(
    {
      where: 'infra/subscriptions.bicepparam',
      names: environmentVariablesIn(textOf(facts, 'infra/subscriptions.bicepparam')),
    },
    {
      where: 'the outputs of infra/main.bicep and the values of infra/main.bicepparam',
      names: [...answered, ...given, ...ownOfSecondStep],
    },
    'value',
  );
}

function writtenDown(facts: Facts): readonly string[] {
  const read = ['infra/main.bicepparam', 'infra/subscriptions.bicepparam']
    .flatMap((path) => environmentVariablesIn(textOf(facts, path)))
    .filter((name) => !notForPeople.includes(name));
  const named = [...facts.sources.readme.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = '']) => name);
  return missingFrom(
    { where: 'the parameter files', names: read },
    { where: 'infra/README.md', names: named },
    'value',
  );
}

/** A parameter of a module that is neither passed nor has a default would not compile; one with a default only is dead. */
const nobodySets = ({ sources }: Facts): readonly string[] =>
  Object.entries(sources.files)
    .filter(([path]) => path.startsWith('infra/modules/') && path.endsWith('.bicep'))
    .flatMap(([path, text]) =>
      parametersIn(text)
        .filter(({ rest }) => / = /.test(rest))
        .map(
          ({ name }) =>
            `parameter ${name} of ${path} has a default, so nobody need set it: make it a variable`,
        ),
    );
