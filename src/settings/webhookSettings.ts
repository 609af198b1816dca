/** Who may hand events to the webhook, as the settings say it. */
import { transportOf } from '../jobRouter/endpoint.ts';
import type { ConfigProblem } from './configProblem.ts';
import { listFrom } from './listSetting.ts';

/** What tells Event Grid from a stranger. */
export type GuardSettings =
  /** The key of the function, which the host has checked before the function runs. */
  | { readonly kind: 'functionKey' }
  /** A header that is one of these. Several, so that a new one can be brought in before the old one goes. */
  | { readonly kind: 'sharedSecret'; readonly secrets: readonly string[] }
  | EntraTokenSettings;

/** A token that Microsoft Entra issued to Event Grid for this webhook. */
export interface EntraTokenSettings {
  readonly kind: 'entraToken';
  readonly tenantId: string;
  /** Whom the token has to be for: the application that stands for the webhook. */
  readonly audiences: readonly string[];
  /** Client ids of the applications that may call. */
  readonly callers: readonly string[];
  /** Who issues the tokens; without a slash at its end. */
  readonly authority: string;
}

/** How the webhook's door is kept. */
export interface WebhookSettings {
  readonly guard: GuardSettings;
  /** Senders that get permission to deliver CloudEvents. In lower case. */
  readonly allowedOrigins: readonly string[];
}

/** The settings of the webhook; empty ones are absent. */
export interface WebhookEnvironment {
  readonly WEBHOOK_GUARD?: string | undefined;
  readonly WEBHOOK_SECRETS?: string | undefined;
  readonly WEBHOOK_TENANT_ID?: string | undefined;
  readonly WEBHOOK_AUDIENCE?: string | undefined;
  readonly WEBHOOK_CALLERS?: string | undefined;
  readonly WEBHOOK_AUTHORITY?: string | undefined;
  readonly WEBHOOK_ALLOWED_ORIGINS?: string | undefined;
}

/** Event Grid's own application and sender, in the public cloud. */
const EVENT_GRID_APPLICATION = '4962773b-9cdb-44cf-a8bf-237846a00ab7';
const EVENT_GRID_ORIGIN = 'eventgrid.azure.net';
const PUBLIC_AUTHORITY = 'https://login.microsoftonline.com';

const withDefault = (values: readonly string[], value: string): readonly string[] =>
  values.length > 0 ? values : [value];

/** The webhook as the settings describe it, or everything that is wrong with them. */
export function webhookFrom(settings: WebhookEnvironment): WebhookSettings | readonly ConfigProblem[] {
  const guard = guardFrom(settings);
  if (isProblems(guard)) return guard;
  const origins = withDefault(listFrom(settings.WEBHOOK_ALLOWED_ORIGINS), EVENT_GRID_ORIGIN);
  return { guard, allowedOrigins: origins.map((origin) => origin.toLowerCase()) };
}

/**
 * Whether the host itself asks for a key before it runs the function. Read while the function is registered, when
 * nothing has been checked yet: whatever is not clearly another guard leaves the key in force.
 */
export const isGuardedByKey = (guard: string | undefined): boolean =>
  !['sharedSecret', 'entraToken'].includes(guard?.trim() ?? '');

function guardFrom(settings: WebhookEnvironment): GuardSettings | readonly ConfigProblem[] {
  switch (settings.WEBHOOK_GUARD) {
    case undefined:
    case 'functionKey':
      return { kind: 'functionKey' };
    case 'sharedSecret':
      return sharedSecretFrom(settings);
    case 'entraToken':
      return entraTokenFrom(settings);
    default:
      return [
        {
          setting: 'WEBHOOK_GUARD',
          problem: 'names no guard',
          fix: 'write functionKey, sharedSecret or entraToken',
        },
      ];
  }
}

function sharedSecretFrom({ WEBHOOK_SECRETS }: WebhookEnvironment): GuardSettings | readonly ConfigProblem[] {
  const secrets = listFrom(WEBHOOK_SECRETS);
  if (secrets.length > 0) return { kind: 'sharedSecret', secrets };
  return [
    {
      setting: 'WEBHOOK_SECRETS',
      problem: 'is not set, and WEBHOOK_GUARD is sharedSecret',
      fix: 'write the secret that Event Grid sends; while it is changed, the new and the old one with a comma between',
    },
  ];
}

function entraTokenFrom(settings: WebhookEnvironment): GuardSettings | readonly ConfigProblem[] {
  const tenantId = settings.WEBHOOK_TENANT_ID ?? '';
  const audiences = listFrom(settings.WEBHOOK_AUDIENCE);
  const authority = (settings.WEBHOOK_AUTHORITY ?? PUBLIC_AUTHORITY).replace(/\/+$/, '');
  const problems: ConfigProblem[] = [];
  const refuse = (setting: string, problem: string, fix: string) => problems.push({ setting, problem, fix });
  if (!/^[\w.-]+$/.test(tenantId)) {
    refuse(
      'WEBHOOK_TENANT_ID',
      tenantId === '' ? 'is not set, and WEBHOOK_GUARD is entraToken' : 'is no tenant',
      'write the id of the tenant that the application of the webhook is in',
    );
  }
  if (audiences.length === 0) {
    refuse(
      'WEBHOOK_AUDIENCE',
      'is not set, and WEBHOOK_GUARD is entraToken',
      'write the client id of the application that stands for the webhook, and its api://<client id>, with a comma between',
    );
  }
  if (!isTrustworthy(authority)) {
    refuse('WEBHOOK_AUTHORITY', 'is no https address', `leave it out for ${PUBLIC_AUTHORITY}`);
  }
  if (problems.length > 0) return problems;
  const callers = withDefault(listFrom(settings.WEBHOOK_CALLERS), EVENT_GRID_APPLICATION);
  return { kind: 'entraToken', tenantId, audiences, callers, authority };
}

/** Keys that came over plain HTTP prove nothing, unless they never left this machine. */
const isTrustworthy = (authority: string): boolean => typeof transportOf(authority) === 'string';

const isProblems = (read: GuardSettings | readonly ConfigProblem[]): read is readonly ConfigProblem[] =>
  Array.isArray(read);
