import { declarationsIn } from '../facts/bicepDeclarations.ts';
import type { Assertion } from '../facts/facts.ts';
import { bicepFiles } from '../facts/infraSources.ts';

export const parametersDescribed: Assertion = {
  title: 'Every parameter and every output is described',
  overSources: ({ sources }) =>
    bicepFiles(sources).flatMap(([path, text]) =>
      declarationsIn(text)
        .filter(({ decorators }) => !/@description\('[^']{8,}/.test(decorators))
        .map(
          ({ keyword, name }) =>
            `${keyword === 'param' ? 'parameter' : 'output'} ${name} of ${path} has no description`,
        ),
    ),
};
