import { DEFERRED_WORK } from '../../../src/deferral/storageDeferrals.ts';
import type { Assertion, Facts } from '../facts/facts.ts';
import { resourcesOf } from '../facts/prediction.ts';
import { difference, missingFrom, type Place } from './difference.ts';

export const monitoring: Assertion = {
  title: 'Alerts and workbook ask for log members, outcomes, events and metrics that exist',

  overSources: (facts) => {
    const { app, sources } = facts;
    return [
      ...difference(
        { where: 'src/handling/logLine.ts', names: app.logLineMembers },
        { where: 'infra/signals.json (logLine)', names: sources.signals.logLine },
        'log member',
      ),
      ...difference(
        { where: 'src/outcome.ts', names: app.outcomes },
        { where: 'infra/signals.json (outcomes)', names: sources.signals.outcomes },
        'outcome',
      ),
      ...queries(facts).flatMap((query) => unknownNames(query, facts)),
      ...throttlingIsFound(facts),
      ...parkedEventsQueue(facts),
      ...deferredWorkQueue(facts),
    ];
  },

  overCompiled: (_, { predictions }) => {
    const expected = [
      'Microsoft.Insights/diagnosticSettings',
      'Microsoft.Insights/scheduledQueryRules',
      'Microsoft.Insights/workbooks',
    ];
    return predictions
      .filter((all) => resourcesOf(all, 'Microsoft.Web/sites').length > 0)
      .flatMap((all) =>
        expected
          .filter((type) => resourcesOf(all, type).length === 0)
          .map((type) => `${type} is missing in the compiled templates (${all.scenario})`),
      );
  },
};

interface Query {
  readonly path: string;
  readonly text: string;
}

const queries = ({ sources }: Facts): readonly Query[] =>
  Object.entries(sources.files)
    .filter(([path]) => path.endsWith('.kql') || path.endsWith('workbook.json'))
    .map(([path, text]) => ({ path, text }));

/** Every name a query compares or reads, against who defines it. */
function unknownNames({ path, text }: Query, { app, sources }: Facts): readonly string[] {
  const events = Object.values(app.reactions)
    .flat()
    .map((type) => type.split('.').at(-1) ?? type);
  const here = (names: readonly string[]): Place => ({ where: path, names });
  return [
    ...missingFrom(
      here(matches(text, /\bline\.(\w+)/g)),
      { where: 'src/handling/logLine.ts', names: app.logLineMembers },
      'log member',
    ),
    ...missingFrom(
      here(comparedWith(text, 'outcome')),
      { where: 'src/outcome.ts', names: app.outcomes },
      'outcome',
    ),
    ...missingFrom(
      here(comparedWith(text, 'routerEvent')),
      { where: 'src/handling/reactions.ts', names: events },
      'event',
    ),
    ...missingFrom(
      here(comparedWith(text, 'function')),
      { where: 'src/functions', names: app.functionFiles },
      'function',
    ),
    ...missingFrom(
      here(matches(text, /'(\w+Count)'/g)),
      { where: 'infra/signals.json (metrics)', names: Object.values(sources.signals.metrics) },
      'metric',
    ),
  ];
}

const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, name = '']) => name);

/** `line.outcome == 'parked'`, `line.outcome in ('parked', 'done')`. */
const comparedWith = (text: string, member: string): readonly string[] => [
  ...matches(text, new RegExp(`line\\.${member} == '([^']*)'`, 'g')),
  ...matches(text, new RegExp(`line\\.${member} in \\(([^)]*)\\)`, 'g')).flatMap((list) =>
    matches(list, /'([^']*)'/g),
  ),
];

function throttlingIsFound({ app, sources }: Facts): readonly string[] {
  const path = 'infra/modules/monitoring/queries/routerThrottling.kql';
  const [sought] = matches(sources.files[path] ?? '', /contains '([^']*)'/g);
  if (sought !== undefined && app.throttledCause.includes(sought)) return [];
  return [`${path} looks for "${sought}", and src/outcome.ts says "${app.throttledCause}"`];
}

const deferredWorkQueue = ({ sources }: Facts): readonly string[] =>
  difference(
    { where: 'src/deferral/storageDeferrals.ts', names: [DEFERRED_WORK] },
    { where: 'infra/names.json (deferredWorkQueue)', names: [sources.names.deferredWorkQueue] },
    'queue',
  );

const parkedEventsQueue = ({ app, sources }: Facts): readonly string[] =>
  difference(
    {
      where: 'the queue outputs of src/functions',
      names: app.functions.flatMap(({ outputs }) => outputs.map(({ queueName }) => queueName)),
    },
    { where: 'infra/names.json (parkedEventsQueue)', names: [sources.names.parkedEventsQueue] },
    'queue',
  );
