import type { Assertion, Facts } from '../facts/facts.ts';
import { resourcesOf } from '../facts/prediction.ts';
import { difference, missingFrom, type Place } from './difference.ts';

/** Read by the Functions host, not by the app: identity connections, and telemetry that authenticates. */
const hostSettings = [
  'AzureWebJobsStorage__credential',
  'AzureWebJobsStorage__clientId',
  'AzureWebJobsStorage__blobServiceUri',
  'AzureWebJobsStorage__queueServiceUri',
  'AzureWebJobsStorage__tableServiceUri',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
];

/** The host's on a laptop. Flex Consumption refuses the first, and knows the second by identity. */
const localHostSettings = ['FUNCTIONS_WORKER_RUNTIME', 'AzureWebJobsStorage'];

const read = ({ app }: Facts): Place => ({ where: 'src/config.ts', names: app.settings });

export const appSettings: Assertion = {
  title: 'The app is given the settings it reads, in Azure and on a laptop',

  overSources: (facts) => [
    ...difference(read(facts), inBicep(facts, 'settingsOfTheApp'), 'setting'),
    ...difference(
      { where: 'the host settings that are accounted for', names: hostSettings },
      inBicep(facts, 'settingsOfTheHost'),
      'setting',
    ),
    ...difference(
      { where: 'src/config.ts and the local host', names: [...facts.app.settings, ...localHostSettings] },
      { where: 'local.settings.json.example', names: Object.keys(facts.sources.localSettings) },
      'setting',
    ),
    ...connectionsWithoutSettings(facts),
  ],

  overCompiled: (facts, { predictions }) =>
    predictions.flatMap((all) =>
      resourcesOf(all, 'Microsoft.Web/sites/config')
        .filter(({ name, properties }) => 'AUTOMATION_RULES' in properties || /appsettings/.test(name))
        .flatMap(({ properties }) => {
          const given = {
            where: `the compiled app settings (${all.scenario})`,
            names: Object.keys(properties),
          };
          const expected = {
            where: 'src/config.ts and the host',
            names: [...facts.app.settings, ...hostSettings],
          };
          return difference(expected, given, 'setting');
        }),
    ),
};

/** Keys of one of the two objects in modules/appSettings.bicep. */
function inBicep({ sources }: Facts, variable: string): Place {
  const text = sources.files['infra/modules/appSettings.bicep'] ?? '';
  const body = new RegExp(`^var ${variable} = \\{\\n([\\s\\S]*?)^\\}`, 'm').exec(text)?.[1] ?? '';
  const names = [...body.matchAll(/^ {2}(\w+):/gm)].map(([, name = '']) => name);
  return { where: `infra/modules/appSettings.bicep (${variable})`, names };
}

/** A binding finds its storage by the prefix of settings. */
const connectionsWithoutSettings = ({ app }: Facts): readonly string[] =>
  app.functions.flatMap(({ name, outputs }) =>
    missingFrom(
      { where: `the bindings of ${name}`, names: outputs.map(({ connection }) => connection) },
      {
        where: 'infra/modules/appSettings.bicep (settingsOfTheHost)',
        names: hostSettings.map((setting) => setting.split('__')[0] ?? setting),
      },
      'connection',
    ),
  );
