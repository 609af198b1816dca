/** What kind of thing a role is given on. */

const aGroup = 'a whole resource group';

/** Of the assignment in a Bicep file: `scope: account::blobs::deadLetters`, each part declared with its type. */
export function scopeInSource(text: string): string {
  const assignment = text.slice(text.indexOf("'Microsoft.Authorization/roleAssignments@"));
  const scope = /^ {2}scope: (\S+)$/m.exec(assignment)?.[1];
  if (scope === undefined) return aGroup;
  return scope
    .split('::')
    .map((symbol) => new RegExp(`resource ${symbol} '([^'@]+)`).exec(text)?.[1] ?? symbol)
    .join('/');
}

/**
 * Of an evaluated assignment, off its id. Where all names are known that is a path; else it is the expression
 * `extensionResourceId(resourceId('<subscription>', '<group>', '<type>', …), …)`, and the first type in it is the scope's.
 */
export function scopeOfId(id: string): string {
  const [, type] = /'(Microsoft\.[\w./]+)'/.exec(id) ?? [];
  const [, path] = /^\W*(?:extensionResourceId\(')?(\/subscriptions\/[^']*)/.exec(id) ?? [];
  const found = path === undefined ? type : typeOfPath(path);
  return found === undefined || found.startsWith('Microsoft.Authorization/') ? aGroup : found;
}

/** `…/providers/Microsoft.KeyVault/vaults/kv/secrets/router` is of the type `Microsoft.KeyVault/vaults/secrets`. */
function typeOfPath(path: string): string | undefined {
  const [, within] = path.split('/providers/');
  if (within === undefined) return undefined;
  const [namespace = '', ...parts] = within.split('/');
  return [namespace, ...parts.filter((_, index) => index % 2 === 0)].join('/');
}
