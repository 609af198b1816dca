import type { InputProblem } from '../input/inputProblems.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';
import { type Applied, applyPlan, type StepFailure } from './applyPlan.ts';
import { planRouting, stepName } from './plan.ts';
import { readExisting } from './readExisting.ts';
import { danglingProblem, outsideReferences } from './references.ts';
import type { RoutingDocument } from './routingDocument.ts';

/** What became of a document. */
export type Provisioned =
  | Applied
  /** The document refers to what neither it nor the router has. Nothing was changed. */
  | { readonly kind: 'invalid'; readonly problems: readonly InputProblem[] }
  /** What the router holds could not be read. Nothing was changed. */
  | { readonly kind: 'unread'; readonly failure: StepFailure };

/**
 * Makes the router hold what the document declares, and nothing less. Doing it again changes nothing and
 * writes nothing.
 */
export async function provision(router: JobRouter, document: RoutingDocument): Promise<Provisioned> {
  const references = outsideReferences(document);
  const read = await readExisting(router, document, references);
  if (read.kind === 'failed') {
    return { kind: 'unread', failure: { step: stepName(read.resource), answer: read.answer } };
  }
  const dangling = references.filter(({ kind, id }) => !read.existing[kind].has(id));
  if (dangling.length > 0) return { kind: 'invalid', problems: dangling.map(danglingProblem) };
  return applyPlan(router, planRouting(document, read.existing));
}
