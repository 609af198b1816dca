/** docs/command-line.md: written by hand down to a mark, and from there on made from the commands themselves. */
import { commandReference } from '../cli/reference.ts';

/** Where it is. */
export const referenceFile = new URL('../docs/command-line.md', import.meta.url);

const MARK = '<!-- From here on written by `npm run schemas`. -->\n';

/** The document as it has to be, given what it is. */
export function withReference(document: string): string {
  const end = document.indexOf(MARK);
  if (end === -1) throw new Error(`docs/command-line.md has lost its mark: ${MARK}`);
  return `${document.slice(0, end)}${MARK}\n${commandReference()}`;
}
