/**
 * What is wrong with a document that reads well: what it refers to is not there, its jobs would go round in circles, its
 * selectors ask for workers that cannot exist. Found before the first call that would change anything.
 */
import type { Finding } from '../document/problem.ts';
import type { Live, ResourceRef, RoutingDeclaration } from '../model.ts';
import { automaticLabels } from './automaticLabels.ts';
import { circles } from './circles.ts';
import { concurrentOffers } from './concurrentOffers.ts';
import { danglingReferences } from './danglingReferences.ts';
import { everythingOf } from './everything.ts';
import { impossibleSelectors } from './impossibleSelectors.ts';
import { priorities } from './priorities.ts';
import { uselessWorkers } from './uselessWorkers.ts';

/** A finding, and the resources that it is about. */
export interface Flaw extends Finding {
  readonly about: readonly ResourceRef[];
}

/** Everything that was found. */
export interface Checked {
  /** Keep a document from being applied. */
  readonly problems: readonly Finding[];
  /** Do not: flaws that the router has already, as an exported document shows them, and what may be meant. */
  readonly warnings: readonly Finding[];
}

/** What can be checked: any document, whether it reads well or not. */
export type Checkable = RoutingDeclaration & { readonly automation?: unknown };

/**
 * Checks a document.
 *
 * @param live what the router holds. Absent: the document is judged by itself, and what it takes for granted is believed.
 */
export function checkDocument(document: Checkable, live?: Live): Checked {
  const everything = everythingOf(document, live);
  const flaws = [
    ...circles(everything),
    ...impossibleSelectors(everything),
    ...priorities(everything),
    ...automaticLabels(everything),
  ];
  const isHeld = ({ about }: Flaw) => about.every(everything.isHeld);
  return {
    problems: [
      ...(live === undefined ? [] : danglingReferences(document, live)),
      ...flaws.filter((flaw) => !isHeld(flaw)).map(findingOf),
    ],
    warnings: [...flaws.filter(isHeld), ...concurrentOffers(everything), ...uselessWorkers(everything)].map(
      findingOf,
    ),
  };
}

const findingOf = ({ path, expected }: Finding): Finding => ({ path, expected });
