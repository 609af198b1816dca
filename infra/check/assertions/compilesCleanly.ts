import type { Assertion } from '../facts/facts.ts';

export const compilesCleanly: Assertion = {
  title: 'All Bicep builds, lints and can be evaluated without a warning',
  overCompiled: (_, { diagnostics, predictions }) => [
    ...diagnostics,
    ...predictions.flatMap(({ scenario, diagnostics: said }) => said.map((line) => `${scenario}: ${line}`)),
    ...predictions
      .filter(({ predictedResources }) => predictedResources.length === 0)
      .map(({ scenario }) => `${scenario}: nothing would be deployed`),
  ],
};
