import { type DocumentProblem, documentProblem } from '../document/problem.ts';
import type { DocumentRead } from '../document/readRoutingDocument.ts';
import type { Live } from '../model.ts';
import { checkDocument } from './checkDocument.ts';

/** What is wrong with a document beside a router, and with its text, in one list. */
export interface CheckedRead {
  readonly problems: readonly DocumentProblem[];
  readonly warnings: readonly DocumentProblem[];
}

/** Checks a document that was read, or what can be told of one that was not. */
export function checkRead(read: DocumentRead, live: Live): CheckedRead {
  const known = read.kind === 'invalid' ? read.problems : [];
  const checkable = read.kind === 'invalid' ? read.draft : read;
  if (checkable === undefined) return { problems: known, warnings: [] };
  const { document, written } = checkable;
  const { problems, warnings } = checkDocument(document, live);
  const told = new Set(known.map(({ pointer }) => pointer));
  const found = problems.map((finding) => documentProblem(finding, written));
  return {
    problems: [...known, ...found.filter(({ pointer }) => !told.has(pointer))],
    warnings: warnings.map((finding) => documentProblem(finding, written)),
  };
}
