/**
 * What has to be done so that the router holds what the document declares. What the document leaves out is left alone: a
 * member that is removed from the document keeps its value on the router, and so does a label. With `prunes`, what the
 * document owns and no longer mentions is deleted. Pure.
 */
import { everythingOf } from '../checks/everything.ts';
import { declaredFields, differences } from '../compare/differences.ts';
import { mergePatch } from '../compare/mergePatch.ts';
import { patchFor } from '../compare/patchFor.ts';
import { redactor } from '../compare/redact.ts';
import { membersOf } from '../compare/shape.ts';
import { shapeOf } from '../compare/shapes.ts';
import type { Hide } from '../compare/tidied.ts';
import { declaredIn, outsideReferences } from '../declared.ts';
import {
  DEFAULT_OWNER,
  type Declared,
  type Live,
  type LiveResource,
  type Notice,
  nameOf,
  type Planned,
  type ResourceName,
  type ResourceRef,
  type RoutingDeclaration,
} from '../model.ts';
import { keepingMark, marked } from '../ownership.ts';
import { assemble, type PlanMeans, type Write } from './assemble.ts';
import { jobAsSubmitted } from './jobAsSubmitted.ts';
import { levelsOf } from './levels.ts';

/** How a document is planned. */
export interface PlanOptions {
  /** The host of the router, for whoever reads the plan. */
  readonly router: string;
  /** Deletes what the document owns and does not mention. Needs all jobs to have been read. */
  readonly prunes?: boolean;
  /** Values that the document took from its environment; shown nowhere. */
  readonly secrets?: readonly string[];
}

/** Compares a document with what the router holds. References have been checked. */
export function planRouting(document: RoutingDeclaration, live: Live, options: PlanOptions): Planned {
  const owner = document.name ?? DEFAULT_OWNER;
  const declared = declaredIn(document);
  const hide = redactor(options.secrets ?? []);
  const steps = stillCounting(declared, document, live).map((one) =>
    stepFor(one, live.resources[one.kind].get(one.id), owner, hide),
  );
  const needed = [...declared, ...outsideReferences(document)];
  const means: PlanMeans = { live, router: options.router, owner, needed };
  return assemble(means, {
    levels: levelsOf(steps.flatMap(({ write }) => write ?? [])),
    unchanged: steps.flatMap(({ unchanged }) => unchanged ?? []),
    notices: steps.flatMap(({ notices }) => notices),
    unwanted: options.prunes ? ownedBeyond(needed, live, owner) : [],
  });
}

/** What is declared, of jobs that exist as far as it still counts. */
function stillCounting(
  declared: readonly Declared[],
  document: RoutingDeclaration,
  live: Live,
): readonly Declared[] {
  const { jobs } = live.resources;
  if (!declared.some(({ kind, id }) => kind === 'jobs' && jobs.has(id))) return declared;
  const everything = everythingOf(document, live);
  return declared.map((one) => {
    const held = one.kind === 'jobs' ? jobs.get(one.id) : undefined;
    return held ? { ...one, content: jobAsSubmitted(one.content, held.content, everything) } : one;
  });
}

interface Step {
  readonly write?: Write;
  readonly unchanged?: ResourceName;
  readonly notices: readonly Notice[];
}

/** What a resource takes to be as declared. */
function stepFor(declared: Declared, live: LiveResource | undefined, owner: string, hide: Hide): Step {
  if (!live) return { write: creationOf(declared, owner, hide), notices: [] };
  const ended = endedNotice(live);
  if (ended) return { unchanged: nameOf(live), notices: [ended] };
  const notices = foreignNotice(live, owner);
  const write = updateOf(declared, live, hide);
  return write ? { write, notices } : { unchanged: nameOf(live), notices };
}

/** The write that creates a resource as the owner's. */
export function creationOf({ kind, id, content }: Declared, owner: string, hide: Hide): Write {
  // Nulls say that nothing is to be there, and nothing is.
  const wanted = membersOf(mergePatch({}, content));
  return {
    does: 'write',
    change: { kind, id, action: 'create', fields: declaredFields(wanted, shapeOf(kind), hide) },
    patch: marked(kind, wanted, owner),
    declared: content,
  };
}

/** The write that makes a resource as declared; undefined where it is so already. */
export function updateOf({ kind, id, content }: Declared, live: LiveResource, hide: Hide): Write | undefined {
  const fields = differences(content, live.content, shapeOf(kind), hide);
  if (fields.length === 0) return undefined;
  const patch = patchFor(content, live.content, fields, shapeOf(kind));
  return {
    does: 'write',
    change: { kind, id, action: 'update', fields },
    patch: live.owner === undefined ? patch : keepingMark(kind, patch, live.owner),
    declared: content,
    ...(live.etag !== '' && { ifMatch: live.etag }),
  };
}

const ended: readonly unknown[] = ['completed', 'closed', 'cancelled'];

/** A job that has run its course stays as it is: it was submitted once, and is not submitted again. */
function endedNotice({ kind, id, content }: LiveResource): Notice | undefined {
  if (kind !== 'jobs' || !ended.includes(content.status)) return undefined;
  return { kind, id, detail: `is ${String(content.status)} and left as it is` };
}

const foreignNotice = ({ kind, id, owner: holder }: LiveResource, owner: string): readonly Notice[] =>
  holder === undefined || holder === owner
    ? []
    : [{ kind, id, detail: `belongs to "${holder}", and is declared by "${owner}" as well` }];

/** What the owner has that the document neither declares nor refers to. */
export function ownedBeyond(
  needed: readonly ResourceRef[],
  { resources }: Live,
  owner: string,
): readonly ResourceRef[] {
  const keeps = new Set<string>(needed.map(nameOf));
  return Object.values(resources).flatMap((held: ReadonlyMap<string, LiveResource>) =>
    [...held.values()].filter((one) => one.owner === owner && !keeps.has(nameOf(one))),
  );
}
