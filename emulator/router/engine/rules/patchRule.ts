import type { Problem } from '../answer.ts';
import type { RulePatch } from '../commands.ts';
import { patched } from '../mergePatch.ts';
import type { FunctionCredential, FunctionRule, RouterRule, WebhookRule } from '../model/rules.ts';

/**
 * A rule as a merge patch makes it: member by member, the credential's members too (recorded). A rule of another
 * kind keeps nothing of the one before.
 */
export function patchRule(
  current: RouterRule | undefined,
  patch: RulePatch | null | undefined,
  member: string,
  problems: Problem[],
): RouterRule | undefined {
  if (patch === undefined) return current;
  if (patch === null) return undefined;
  const kind = patched(current?.kind, patch.kind, undefined);
  const before = current?.kind === kind ? current : undefined;
  const require = (name: string, value: string | undefined): string => {
    if (!value) problems.push({ member: `${member}.${name}`, message: 'It is required.' });
    return value ?? '';
  };
  switch (kind) {
    case undefined:
      require('kind', undefined);
      return undefined;
    case 'static': {
      const value = patched(before?.kind === 'static' ? before.value : undefined, patch.value, undefined);
      return { kind, ...(value !== undefined && { value }) };
    }
    case 'directMap':
      return { kind };
    case 'expression': {
      const text = before?.kind === 'expression' ? before.expression : undefined;
      const expression = patched(text, patch.expression, undefined);
      return { kind, language: 'powerFx', expression: require('expression', expression) };
    }
    case 'function':
      return patchFunction(before?.kind === 'function' ? before : undefined, patch, require);
    case 'webhook':
      return patchWebhook(before?.kind === 'webhook' ? before : undefined, patch);
    default:
      return kind satisfies never;
  }
}

function patchFunction(
  before: FunctionRule | undefined,
  patch: RulePatch,
  require: (name: string, value: string | undefined) => string,
): FunctionRule {
  const functionUri = require('functionUri', patched(before?.functionUri, patch.functionUri, undefined));
  const credential = patchCredential(before?.credential, patch.credential);
  return { kind: 'function', functionUri, ...(credential && { credential }) };
}

function patchCredential(
  before: FunctionCredential | undefined,
  patch: RulePatch['credential'],
): FunctionCredential | undefined {
  if (patch === undefined) return before;
  if (patch === null) return undefined;
  const functionKey = patched(before?.functionKey, patch.functionKey, undefined);
  const appKey = patched(before?.appKey, patch.appKey, undefined);
  const clientId = patched(before?.clientId, patch.clientId, undefined);
  return {
    ...(functionKey !== undefined && { functionKey }),
    ...(appKey !== undefined && { appKey }),
    ...(clientId !== undefined && { clientId }),
  };
}

function patchWebhook(before: WebhookRule | undefined, patch: RulePatch): WebhookRule {
  const authorizationServerUri = patched(
    before?.authorizationServerUri,
    patch.authorizationServerUri,
    undefined,
  );
  const webhookUri = patched(before?.webhookUri, patch.webhookUri, undefined);
  const clientCredential = patchClient(before?.clientCredential, patch.clientCredential);
  return {
    kind: 'webhook',
    ...(authorizationServerUri !== undefined && { authorizationServerUri }),
    ...(clientCredential && { clientCredential }),
    ...(webhookUri !== undefined && { webhookUri }),
  };
}

function patchClient(
  before: WebhookRule['clientCredential'],
  patch: RulePatch['clientCredential'],
): WebhookRule['clientCredential'] {
  if (patch === undefined) return before;
  if (patch === null) return undefined;
  const clientId = patched(before?.clientId, patch.clientId, undefined);
  const clientSecret = patched(before?.clientSecret, patch.clientSecret, undefined);
  return {
    ...(clientId !== undefined && { clientId }),
    ...(clientSecret !== undefined && { clientSecret }),
  };
}
