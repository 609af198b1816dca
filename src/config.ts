/** The environment of the app, read once and believed only after it has been checked. */
import { resolve } from 'node:path';
import * as z from 'zod';
import type { AutomationRule } from './automation/rules.ts';
import type { RouterConnection } from './jobRouter/connection.ts';
import { type ConfigProblem, connectionFrom } from './settings/connectionSettings.ts';
import { type Places, rulesFrom } from './settings/rulesSetting.ts';

/** What the settings say, once they have been checked. */
export interface Config {
  readonly connection: RouterConnection;
  readonly rules: readonly AutomationRule[];
}

/** Every setting that is wrong, together, so that one deployment mends them all. Holds no setting's value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(
      [
        'The settings of this app need mending:',
        ...problems.map(({ setting, problem, fix }) => `- ${setting}: ${problem}. Fix: ${fix}.`),
      ].join('\n'),
    );
    this.problems = problems;
  }
}

/** Templates set what they do not know to the empty string, so empty means absent. */
const setting = z
  .string()
  .optional()
  .transform((text) => text?.trim() || undefined);

const environmentSettings = z.object({
  COMMUNICATION_CONNECTION_STRING: setting,
  COMMUNICATION_ENDPOINT: setting,
  AZURE_CLIENT_ID: setting,
  AUTOMATION_RULES: setting,
});

/** The folder that holds host.json: the parent of src, and of dist once bundled. */
const appRoot = resolve(import.meta.dirname, '..');

/** @throws ConfigError with everything that is wrong. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  places: Places = { workingDirectory: process.cwd(), appRoot },
): Config {
  const settings = environmentSettings.parse(environment);
  const connection = connectionFrom(settings);
  const read = rulesFrom(settings.AUTOMATION_RULES ?? 'routing.json', places);
  const problems = [
    ...('problem' in connection ? [connection] : []),
    ...(read.kind === 'problems' ? read.problems : []),
  ];
  if ('problem' in connection || read.kind === 'problems') throw new ConfigError(problems);
  return { connection, rules: read.rules };
}
