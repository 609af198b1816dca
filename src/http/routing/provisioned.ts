/** What is told of a document that was applied, or of how far it was. */
import { isDeepStrictEqual } from 'node:util';
import type { Automation } from '../../automation/rules.ts';
import { messageOf } from '../../input/messageOf.ts';
import type { DocumentProblem } from '../../routing/document/problem.ts';
import {
  type ApplyResult,
  type ChangeFailure,
  type Done,
  nameOf,
  type Refusal,
} from '../../routing/model.ts';
import type { Problem } from '../problem.ts';
import { routerProblem } from '../routerProblem.ts';

/** The answer to a document that was applied. */
export interface Provisioned extends Done {
  /** Deletions that the router would refuse, with its reasons. They were not attempted. */
  readonly refused: readonly Refusal[];
  /** What looks wrong about the document and kept nobody from applying it. */
  readonly warnings: readonly DocumentProblem[];
  readonly automation: { readonly inForce: boolean; readonly note?: string };
}

/** How applying ended. */
export type Ending =
  | { readonly kind: 'applied'; readonly answer: Provisioned }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** What else is told. */
export interface EndingParts {
  readonly warnings: readonly DocumentProblem[];
  /** Of the document; undefined where it has none. */
  readonly declared: Automation | undefined;
  /** What the app runs by. */
  readonly inForce: () => Promise<Automation>;
}

/** The end of an application, in the words of the answer. */
export async function endingOf(result: ApplyResult, parts: EndingParts): Promise<Ending> {
  if (result.kind === 'stopped') return { kind: 'problem', problem: stoppedProblem(result) };
  const { warnings, declared, inForce } = parts;
  const automation = await rulesAnswer(declared, inForce);
  return { kind: 'applied', answer: { ...result.done, refused: result.refusals, warnings, automation } };
}

/** A failure on the way: with what was done before it, and what was not begun. */
function stoppedProblem({ failures, done, notDone }: Extract<ApplyResult, { kind: 'stopped' }>): Problem {
  const failed = failures.map((failure) => ({ step: nameOf(failure), detail: problemOf(failure).detail }));
  return { ...problemOf(failures[0]), also: { failed, done, notDone } };
}

const problemOf = (failure: ChangeFailure) => routerProblem(failure.answer, nameOf(failure));

/** Whether the rules of the document are the ones the app runs by; applying a document does not change those. */
async function rulesAnswer(
  declared: Automation | undefined,
  inForce: EndingParts['inForce'],
): Promise<Provisioned['automation']> {
  if (declared === undefined) {
    return { inForce: true, note: 'The document has no rules; those the app runs by stay in force.' };
  }
  try {
    if (isDeepStrictEqual(declared, await inForce())) return { inForce: true };
  } catch (problem) {
    return { inForce: false, note: `The app does not know the rules it runs by: ${messageOf(problem)}` };
  }
  return {
    inForce: false,
    note: 'The rules of this document differ from the ones the app runs by. Those come from the setting AUTOMATION_RULES and change with it.',
  };
}
