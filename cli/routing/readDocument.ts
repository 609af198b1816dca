/** Files that commands are given. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { messageOf } from '../../src/input/messageOf.ts';
import type { DocumentProblem } from '../../src/routing/document/problem.ts';
import {
  type DocumentRead,
  type ReadDocument,
  readRoutingDocument,
} from '../../src/routing/document/readRoutingDocument.ts';
import { CommandFailed, type Fault } from '../terminal/commandFailed.ts';

/**
 * The text of a file, or of standard input where `-` stands for it.
 *
 * @param fix what to do where there is no such file.
 * @throws CommandFailed where it cannot be read.
 */
export async function readTextOf(path: string, fix = 'name a file that exists'): Promise<string> {
  try {
    return path === '-' ? await text(process.stdin) : await readFile(path, 'utf8');
  } catch (problem) {
    throw new CommandFailed({ message: `${path} ${whyUnread(problem)}`, fix });
  }
}

function whyUnread(problem: unknown): string {
  const code = problem instanceof Error && 'code' in problem ? problem.code : undefined;
  if (code === 'ENOENT') return 'does not exist.';
  if (code === 'EISDIR') return 'is a folder.';
  return `cannot be read: ${messageOf(problem)}`;
}

/** Reads a routing document. Placeholders are filled in from the environment of the process. */
export const documentIn = (content: string): DocumentRead =>
  readRoutingDocument(content, { environment: process.env });

/** @throws CommandFailed with everything that is wrong with the document. */
export function needRead(read: DocumentRead, path: string): ReadDocument {
  if (read.kind === 'invalid') throw invalidDocument(read.problems, path);
  return read;
}

/** Everything that is wrong with a document, at its lines. */
export const invalidDocument = (problems: readonly DocumentProblem[], path: string): CommandFailed =>
  new CommandFailed({
    message: `${path} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}; nothing was changed.`,
    faults: faultsOf(problems, path),
  });

/** Each problem at its place. */
export const faultsOf = (problems: readonly DocumentProblem[], path: string): readonly Fault[] =>
  problems.map((problem) => ({ place: placeOf(problem, path), detail: problem.detail }));

/** As compilers write it, so that editors and terminals find the place. */
export function placeOf({ path: member, line, column }: DocumentProblem, path: string): string {
  const at = [path, line, column].filter((part) => part !== undefined).join(':');
  return member === '' ? at : `${at}  ${member}`;
}
