import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import type { ClockMode } from '../clock/switchableClock.ts';
import type { SubscribeRequest } from '../eventGrid/subscription.ts';
import { noDelays, realisticDelays } from '../router/engine/delays.ts';
import type { Delays } from '../router/engine/engine.ts';

const LARGEST_PORT = 65_535;
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
}

/** A TCP port; 0 takes a free one. */
export function port(text: string): number {
  const parsed = z.coerce
    .number()
    .int()
    .min(0)
    .max(LARGEST_PORT)
    .safeParse(text.trim() || undefined);
  if (!parsed.success) throw new InvalidArgumentError(`A port is a whole number from 0 to ${LARGEST_PORT}.`);
  return parsed.data;
}

/** A count of at least one. */
export function count(text: string): number {
  const parsed = z.coerce.number().int().min(1).max(100_000).safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('Give a whole number from 1 to 100000.');
  return parsed.data;
}

export function accessKey(text: string): string {
  if (text === '' || !BASE64.test(text)) {
    throw new InvalidArgumentError('An access key is base64 text, such as `openssl rand -base64 32` prints.');
  }
  return text;
}

/** `<webhook url>` or `<webhook url>=<event types, separated by commas>`; collects repeated ones. */
export function subscription(
  text: string,
  previous: readonly SubscribeRequest[] = [],
): readonly SubscribeRequest[] {
  // A URL may hold a "=" in its query, so only one behind which no URL part can follow separates the types.
  const [, url = text, types] =
    /^(.*?)=((?:Microsoft\.Communication\.)?Router\w+(?:,[\w.]+)*)$/.exec(text) ?? [];
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new InvalidArgumentError(
      'Give a webhook as http(s)://…, optionally with =RouterJobClosed,RouterJobQueued.',
    );
  }
  const name = `webhook-${previous.length + 1}`;
  return [
    ...previous,
    { name, endpoint: url, ...(types && { filter: { includedEventTypes: types.split(',') } }) },
  ];
}

export const delaysNamed = (name: EmulatorOptions['delays']): Delays =>
  name === 'none' ? noDelays : realisticDelays;
