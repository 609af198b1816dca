/**
 * A kind in the spelling of 2023-11-01. Until late 2023 the service wrote `longest-idle`, `static-rule` and
 * `azure-function-rule`, and published samples still do.
 */
export function todaysSpelling(written: unknown): unknown {
  if (typeof written !== 'string') return written;
  const camel = written.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const bare = camel.replace(/(?:Rule|(?:Queue|Worker)Selector)$/, '') || camel;
  return bare === 'azureFunction' ? 'function' : bare;
}
