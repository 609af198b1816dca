import type { Clock } from '../clock.ts';
import { identityCredential } from '../identityCredential.ts';
import type { RulesSource } from '../settings/rulesSetting.ts';
import { fixedRules, openRuleBook, type RuleBook, type RuleBookOptions } from './ruleBook.ts';
import { rulesBlob } from './rulesBlob.ts';
import { rulesFile } from './rulesFile.ts';

/** What a book needs besides where its rules are. */
export interface RuleBookParts extends RuleBookOptions {
  /** Of a user-assigned identity; absent for the system-assigned one and for a developer's sign-in. */
  readonly clientId: string | undefined;
}

/** The book that a setting describes. */
export function ruleBookFrom(source: RulesSource, parts: RuleBookParts): RuleBook {
  switch (source.kind) {
    case 'inline':
      return fixedRules(source.automation);
    case 'file':
      return openRuleBook(rulesFile(source.path), parts);
    case 'url':
      return openRuleBook(rulesBlob(source.url, storageAccess(parts)), parts);
  }
}

const scope = 'https://storage.azure.com/.default';

/** The credential keeps its tokens until they are about to expire. */
function storageAccess({ clock, clientId }: RuleBookParts): {
  readonly clock: Clock;
  readonly storageToken: () => Promise<string>;
} {
  let credential: ReturnType<typeof identityCredential> | undefined;
  return {
    clock,
    async storageToken() {
      credential ??= identityCredential(clientId);
      const { token } = await (await credential).getToken(scope);
      return token;
    },
  };
}
