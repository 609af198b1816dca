/**
 * Tells Event Grid, which does not sign what it delivers, from a stranger. A stranger is told nothing; the log is
 * told why, and never what was sent.
 */
import type { HttpRequest } from '@azure/functions';
import type { Clock } from '../clock.ts';
import type { GuardSettings } from '../settings/webhookSettings.ts';
import { entraTokenGuard } from './entraTokenGuard.ts';
import { sharedSecretGuard } from './sharedSecretGuard.ts';

/** Whether a caller may hand in events. */
export type Admission =
  | { readonly kind: 'admitted' }
  /** A sentence for the log. Holds nothing of the request. */
  | { readonly kind: 'refused'; readonly why: string };

/** Judges a request by its headers. Never rejects for what they hold or what the issuer of tokens does. */
export type Guard = (headers: Pick<HttpRequest['headers'], 'get'>) => Promise<Admission>;

/** The guard that the settings name. Cheap: what it needs is loaded when the first request comes. */
export function createGuard(settings: GuardSettings, clock: Clock): Guard {
  switch (settings.kind) {
    case 'functionKey':
      // The host asks for the key, and does not run the function without it.
      return async () => ({ kind: 'admitted' });
    case 'sharedSecret':
      return sharedSecretGuard(settings.secrets);
    case 'entraToken':
      return entraTokenGuard(settings, clock);
  }
}
