/** The environment of the app, read once and believed only after it has been checked. */
import * as z from 'zod';
import { appRoot } from './appRoot.ts';
import type { Environment } from './input/placeholders.ts';
import type { RouterConnection } from './jobRouter/connection.ts';
import { type ConfigProblem, isProblem, problemsAmong, type Sound } from './settings/configProblem.ts';
import { connectionFrom } from './settings/connectionSettings.ts';
import { environmentFrom } from './settings/environmentSetting.ts';
import { listFrom } from './settings/listSetting.ts';
import { requestsFrom } from './settings/requestsSetting.ts';
import { type Places, type RulesSource, rulesSourceFrom } from './settings/rulesSetting.ts';
import { scheduleProblem } from './settings/scheduleSetting.ts';
import { type SignIn, signInFrom } from './settings/signInSetting.ts';
import { storageFrom } from './settings/storageSettings.ts';
import { type TelemetrySettings, telemetryFrom } from './settings/telemetrySettings.ts';
import { type WebhookSettings, webhookFrom } from './settings/webhookSettings.ts';
import { workSecretFrom } from './settings/workSettings.ts';
import type { StorageConnection } from './storage/storageConnection.ts';

/** What the settings say, once they have been checked. */
export interface Config {
  readonly connection: RouterConnection;
  /** What this process may ask of the router. Undefined: the quota of the service. */
  readonly requestsPer10Seconds: number | undefined;
  readonly rules: RulesSource;
  /** What placeholders of documents may be filled in from. */
  readonly routingEnvironment: Environment;
  /** Of a user-assigned identity; undefined for the system-assigned one and for a developer's sign-in. */
  readonly identityClientId: string | undefined;
  /** Whether whoever calls over HTTP has to be signed in. */
  readonly signIn: SignIn;
  readonly webhook: WebhookSettings;
  /** Resources whose events are handled. Undefined: those of any. */
  readonly allowedTopics: readonly string[] | undefined;
  /** Undefined: there is no account to keep anything in. */
  readonly storage: StorageConnection | undefined;
  /** What requests for work are signed with. Undefined: none are made. */
  readonly workSigningSecret: string | undefined;
  readonly telemetry: TelemetrySettings;
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
  ROUTING_ENVIRONMENT: setting,
  ALLOWED_TOPICS: setting,
  EASY_AUTH: setting,
  WEBHOOK_GUARD: setting,
  WEBHOOK_SECRETS: setting,
  WEBHOOK_TENANT_ID: setting,
  WEBHOOK_AUDIENCE: setting,
  WEBHOOK_CALLERS: setting,
  WEBHOOK_AUTHORITY: setting,
  WEBHOOK_ALLOWED_ORIGINS: setting,
  WORK_SIGNING_SECRET: setting,
  LOG_LABELS: setting,
  OTEL_EXPORTER_OTLP_ENDPOINT: setting,
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: setting,
  ROUTER_REQUESTS_PER_10_SECONDS: setting,
  RECONCILE_SCHEDULE: setting,
  AzureWebJobsStorage: setting,
  AzureWebJobsStorage__accountName: setting,
  AzureWebJobsStorage__queueServiceUri: setting,
  AzureWebJobsStorage__clientId: setting,
});

/** @throws ConfigError with everything that is wrong. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  places: Places = { workingDirectory: process.cwd(), appRoot },
): Config {
  const settings = environmentSettings.parse(environment);
  const routingEnvironment = environmentFrom(
    settings.ROUTING_ENVIRONMENT,
    environment,
    Object.keys(environmentSettings.shape),
  );
  const read = {
    connection: connectionFrom(settings),
    rules: rulesSourceFrom(
      settings.AUTOMATION_RULES ?? 'routing.json',
      places,
      isProblem(routingEnvironment) ? {} : routingEnvironment.allowed,
    ),
    webhook: webhookFrom(settings),
    telemetry: telemetryFrom(settings),
    routingEnvironment,
    storage: storageFrom(settings),
    workSigningSecret: workSecretFrom(settings.WORK_SIGNING_SECRET),
    requestsPer10Seconds: requestsFrom(settings.ROUTER_REQUESTS_PER_10_SECONDS),
    signIn: signInFrom(settings.EASY_AUTH),
    // Only checked here: it is read again where the timer is registered.
    schedule: scheduleProblem(settings.RECONCILE_SCHEDULE),
  };
  assertSound(read);
  const {
    routingEnvironment: { allowed },
    schedule: _,
    ...sound
  } = read;
  const topics = listFrom(settings.ALLOWED_TOPICS);
  return {
    ...sound,
    routingEnvironment: allowed,
    identityClientId: settings.AZURE_CLIENT_ID,
    allowedTopics: topics.length > 0 ? topics : undefined,
  };
}

function assertSound<Read extends Readonly<Record<string, unknown>>>(
  read: Read,
): asserts read is Read & Sound<Read> {
  const problems = problemsAmong(read);
  if (problems.length > 0) throw new ConfigError(problems);
}
