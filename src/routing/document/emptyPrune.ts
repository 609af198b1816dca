import { declaredIn } from '../declared.ts';
import { type DocumentProblem, documentProblem } from './problem.ts';
import type { ReadDocument } from './readRoutingDocument.ts';

/**
 * Why a document must not be pruned by: it declares no resource and does not say whose it is, so that everything would be
 * deleted that documents without a name have ever made. An empty file does not ask for that; one with a name may.
 */
export function problemOfPrune({ document, written }: ReadDocument): DocumentProblem | undefined {
  const isNamed = typeof written.value === 'object' && Object.hasOwn(written.value ?? {}, 'name');
  if (isNamed || declaredIn(document).length > 0) return undefined;
  const expected = `expected a name, or a resource: pruned by this, everything of "${document.name}" would be deleted, which is what destroy is for`;
  return documentProblem({ path: ['name'], expected }, written);
}
