import type { Assertion, Facts } from '../facts/facts.ts';
import { bicepFiles } from '../facts/infraSources.ts';
import { resourcesOf, valueAt } from '../facts/prediction.ts';
import { difference, missingFrom, type Place } from './difference.ts';

const files = ({ app }: Facts): Place => ({ where: 'src/functions', names: app.functionFiles });

const eventGridFunctions = ({ app }: Facts): Place => ({
  where: 'src/functions (as an Event Grid function)',
  names: app.functions.filter(({ kind }) => kind === 'eventGrid').map(({ name }) => name),
});

export const functionNames: Assertion = {
  title: 'Functions have the same names in src/functions and in infra',

  overSources: (facts) => [
    ...difference(
      files(facts),
      { where: 'src/app.ts (as registered)', names: facts.app.functions.map(({ name }) => name) },
      'function',
    ),
    ...difference(
      files(facts),
      { where: 'infra/signals.json (functions)', names: Object.keys(facts.sources.signals.functions) },
      'function',
    ),
    ...difference(
      eventGridFunctions(facts),
      { where: 'infra/eventSubscriptions.json', names: Object.keys(facts.sources.eventSubscriptions) },
      'function',
    ),
    ...wrongKinds(facts),
    ...missingFrom(alwaysReady(facts), eventGridFunctions(facts), 'always-ready function'),
    ...missingFrom(ownRetryPolicies(facts), eventGridFunctions(facts), 'retry policy of'),
    ...missingFrom(webhook(facts), files(facts), 'function'),
  ],

  overCompiled: (facts, { predictions }) => {
    if (predictions.length === 0) return [];
    const destinations = predictions
      .flatMap((all) => resourcesOf(all, 'Microsoft.EventGrid/systemTopics/eventSubscriptions'))
      .map(({ properties }) => String(valueAt(properties, 'destination.properties.resourceId') ?? ''))
      .filter((id) => id.includes('/functions/'))
      .map((id) => id.split('/').at(-1) ?? id);
    const subscribed = { where: 'the compiled event subscriptions', names: destinations };
    return difference(eventGridFunctions(facts), subscribed, 'function');
  },
};

const wrongKinds = ({ app, sources }: Facts): readonly string[] =>
  app.functions
    .filter(({ name, kind }) => (sources.signals.functions[name] ?? kind) !== kind)
    .map(
      ({ name, kind }) =>
        `function ${name} is ${kind} in src/functions and ${sources.signals.functions[name]} in infra/signals.json`,
    );

/** `function:<name>` is how Flex Consumption names one function's instances. */
const alwaysReady = ({ sources }: Facts): Place => ({
  where: 'infra/main.bicep',
  names: bicepFiles(sources).flatMap(([, text]) =>
    [...text.matchAll(/'function:(\w+)'/g)].map(([, name = '']) => name),
  ),
});

const ownRetryPolicies = ({ sources }: Facts): Place => ({
  where: 'infra/subscriptions.bicep',
  names: [
    ...(sources.files['infra/subscriptions.bicep'] ?? '').matchAll(
      /^ {2}(\w+): \{ eventTimeToLiveInMinutes: offerLifeMinutes/gm,
    ),
  ].map(([, name = '']) => name),
});

const webhook = ({ sources }: Facts): Place => ({
  where: 'infra/subscriptions.bicep',
  names: [
    ...(sources.files['infra/subscriptions.bicep'] ?? '').matchAll(/name: '\$\{functionAppName\}-(\w+)'/g),
  ].map(([, name = '']) => name),
});
