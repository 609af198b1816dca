/** The rules that policies are made of. */
import type { Json } from './values.ts';

/** The key of one function, or a key of its app with the key's name. */
export interface FunctionCredential {
  readonly functionKey?: string;
  readonly appKey?: string;
  readonly clientId?: string;
}

export interface FunctionRule {
  readonly kind: 'function';
  readonly functionUri: string;
  readonly credential?: FunctionCredential;
}

export interface WebhookRule {
  readonly kind: 'webhook';
  readonly authorizationServerUri?: string;
  readonly clientCredential?: { readonly clientId?: string; readonly clientSecret?: string };
  readonly webhookUri?: string;
}

/** Answered by somebody else, over HTTP. */
export type OutsideRule = FunctionRule | WebhookRule;

export type RouterRule =
  | { readonly kind: 'static'; readonly value?: Json }
  | { readonly kind: 'directMap' }
  | { readonly kind: 'expression'; readonly language: 'powerFx'; readonly expression: string }
  | OutsideRule;
