/**
 * Who a resource belongs to is kept in the resource itself, where it survives whoever wrote it. Queues bear the mark as a
 * label, workers and jobs as a tag, which no selector sees. Policies have neither labels nor tags, so theirs stands at
 * the end of their name.
 */
import { isObject, membersOf } from './compare/shape.ts';
import type { Content, Kind } from './model.ts';

/** The label and tag that names the owner. A document does not declare it itself. */
export const OWNER_KEY = 'ManagedBy';

/** What an owner may be called. It becomes a label, a tag or a part of a name, so it keeps to plain characters. */
export const ownerPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The member that bears the mark. */
const bearers: Readonly<Record<Kind, 'name' | 'labels' | 'tags'>> = {
  distributionPolicies: 'name',
  classificationPolicies: 'name',
  exceptionPolicies: 'name',
  queues: 'labels',
  workers: 'tags',
  jobs: 'tags',
};

const markedName = /^(?:(?<name>.*) )?\[managed by (?<owner>[^\]]+)\]$/s;

/** A resource's owner, and its content as if nobody had marked it. */
export function unmarked(
  kind: Kind,
  content: Content,
): { readonly owner: string | undefined; readonly content: Content } {
  const bearer = bearers[kind];
  if (bearer === 'name') {
    const { name, ...others } = content;
    const { owner, name: own } = (typeof name === 'string' && markedName.exec(name)?.groups) || {};
    if (owner === undefined) return { owner, content };
    return { owner, content: own === undefined ? others : { ...others, name: own } };
  }
  const { [OWNER_KEY]: owner, ...others } = membersOf(content[bearer]);
  if (typeof owner !== 'string') return { owner: undefined, content };
  return { owner, content: { ...content, [bearer]: others } };
}

/**
 * The patch with the mark in it: what creates the resource as `owner`'s, or marks one that exists.
 *
 * @param held the content that the resource has now, unmarked; its name has to be known to be marked.
 */
export function marked(kind: Kind, patch: Content, owner: string, held: Content = {}): Content {
  const bearer = bearers[kind];
  if (bearer === 'name')
    return { ...patch, name: nameMarked('name' in patch ? patch.name : held.name, owner) };
  return { ...patch, [bearer]: { ...membersOf(patch[bearer]), [OWNER_KEY]: owner } };
}

/** A patch of a resource that bears the mark already: only a new name would take it off. */
export const keepingMark = (kind: Kind, patch: Content, owner: string): Content =>
  bearers[kind] === 'name' && 'name' in patch ? marked(kind, patch, owner) : patch;

/** What a document declares, without a mark that it tried to set itself. */
export function withoutMark(kind: Kind, declared: Content): Content {
  if (bearers[kind] === 'name') return unmarked(kind, declared).content;
  const map = declared[bearers[kind]];
  if (!isObject(map) || !(OWNER_KEY in map)) return declared;
  const { [OWNER_KEY]: _, ...others } = map;
  return { ...declared, [bearers[kind]]: others };
}

const nameMarked = (name: unknown, owner: string): string =>
  `${typeof name === 'string' ? `${name} ` : ''}[managed by ${owner}]`;
