import { InvalidArgumentError } from 'commander';
import type { ClockMode } from '../clock/switchableClock.ts';
import { KNOWN_EVENT_TYPES, wholeEventType } from '../eventGrid/eventTypes.ts';
import type { SubscribeRequest } from '../eventGrid/subscription.ts';
import { noDelays, realisticDelays } from '../router/engine/delays.ts';
import type { Delays } from '../router/engine/engine.ts';
import { wholeNumberOption } from '../wholeNumberOption.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What `emulator` and `dev` have in common. */
export interface EmulatorOptions {
  readonly port: number;
  readonly https: boolean;
  readonly accessKey: string;
  readonly delays: 'realistic' | 'none';
  readonly subscribe: readonly SubscribeRequest[];
  readonly clock: ClockMode;
  readonly quota: boolean;
  readonly seed?: string;
  readonly data?: string;
  /** Prints one line of JSON once all is ready, and nothing else on stdout. */
  readonly json?: boolean;
}

/** Where a person reads along: beside the JSON, if a program has asked for it. */
export const tellFor = ({ json = false }: Pick<EmulatorOptions, 'json'>): ((line: string) => void) =>
  json ? (line) => console.error(line) : (line) => console.log(line);

/** A count of at least one. */
export const count = wholeNumberOption(1, 100_000);

export function accessKey(text: string): string {
  if (text === '' || !BASE64.test(text)) {
    throw new InvalidArgumentError('An access key is base64 text, such as `openssl rand -base64 32` prints.');
  }
  return text;
}

/** What follows the last "=" of a subscription, when it is a list of names and so cannot be part of a query. */
const EVENT_TYPES = /^(.*)=([\w.]+(?:,[\w.]+)*)$/;

/** `<webhook url>` or `<webhook url>=<event types, separated by commas>`; collects repeated ones. */
export function subscription(
  text: string,
  previous: readonly SubscribeRequest[] = [],
): readonly SubscribeRequest[] {
  const { endpoint, types } = splitTypes(text);
  if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint)) {
    throw new InvalidArgumentError(
      'Give a webhook as http(s)://…, optionally with =RouterJobClosed,RouterJobQueued.',
    );
  }
  const unknown = types?.find((type) => !KNOWN_EVENT_TYPES.includes(wholeEventType(type)));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(
      `"${unknown}" is no event type of Job Router, such as RouterJobClosed is.`,
    );
  }
  const name = `webhook-${previous.length + 1}`;
  return [...previous, { name, endpoint, ...(types && { filter: { includedEventTypes: types } }) }];
}

/** A URL with a query has "=" of its own, so there only names that begin as event types do are taken for types. */
function splitTypes(text: string): { readonly endpoint: string; readonly types?: readonly string[] } {
  const [, endpoint = text, list] = EVENT_TYPES.exec(text) ?? [];
  const types = list?.split(',');
  const areTypes = types?.every((type) => /^(Microsoft\.Communication\.)?Router/.test(type));
  return types && (areTypes || !endpoint.includes('?')) ? { endpoint, types } : { endpoint: text };
}

export const delaysNamed = (name: EmulatorOptions['delays']): Delays =>
  name === 'none' ? noDelays : realisticDelays;
