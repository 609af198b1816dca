import type { DocumentRead } from '../../src/routing/document/readRoutingDocument.ts';
import type { ConnectionOptions } from '../connection/connectionOptions.ts';
import { type OpenRouter, openRouter } from '../connection/openRouter.ts';
import { CommandFailed } from '../terminal/commandFailed.ts';
import { invalidDocument } from './readDocument.ts';

/**
 * The router that a document is planned against. One that cannot be reached keeps nobody from hearing what is wrong with the
 * document.
 *
 * @throws CommandFailed
 */
export async function openFor(
  read: DocumentRead,
  path: string,
  options: ConnectionOptions,
): Promise<OpenRouter> {
  try {
    return await openRouter(options);
  } catch (problem) {
    if (problem instanceof CommandFailed && read.kind === 'invalid')
      throw invalidDocument(read.problems, path);
    throw problem;
  }
}
