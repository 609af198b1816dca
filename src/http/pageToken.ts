/**
 * Where a list goes on, as a caller is told. The router names its next page by a link, and whoever could hand us a link of
 * his own would have us send a signed request wherever he likes: so a token never says where to, only how far, and it
 * holds for the list and the filters of the page that it came with.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { parseJson } from '../input/parseJson.ts';

/** A list of the router. */
export type ListName = 'jobs' | 'workers';

/** As long as servers take a whole request line to be, and longer than the router's tokens with the longest filters. */
const LONGEST_TOKEN = 16_384;

/** The one parameter that a link was recorded to hold, in characters that cannot lead out of it. */
const query = /^continuationToken=[\w%.~=+/-]+$/;

const content = z.lazy(() => z.tuple([z.enum(['jobs', 'workers']), z.string(), z.string().regex(query)]));

/** How far a list was read, and with which filters it began. */
export interface PagePlace {
  readonly filters: string;
  /** The router's link to the page; undefined for the first one. */
  readonly link: string | undefined;
}

/** Before the first page. */
export const firstPage = (filters: object): PagePlace => ({ filters: printOf(filters), link: undefined });

/** The token of the page to which the router's link `next` leads; undefined where there is none. */
export function pageToken(
  list: ListName,
  { filters }: PagePlace,
  next: string | undefined,
): string | undefined {
  const prefix = linkInto(list);
  if (!next?.startsWith(prefix)) return undefined;
  return Buffer.from(JSON.stringify([list, filters, next.slice(prefix.length)])).toString('base64url');
}

/** What a token stands for; undefined where it is none of this list, or came with other filters than are named beside it. */
export function readPageToken(list: ListName, filters: object, token: string): PagePlace | undefined {
  if (token.length > LONGEST_TOKEN || !/^[\w-]+$/.test(token)) return undefined;
  const json = parseJson(Buffer.from(token, 'base64url').toString('utf8'));
  const read = content.safeParse('value' in json ? json.value : undefined);
  if (!read.success) return undefined;
  const [ofList, print, rest] = read.data;
  const isOfFilters = Object.keys(filters).length === 0 || print === printOf(filters);
  return ofList === list && isOfFilters ? { filters: print, link: `${linkInto(list)}${rest}` } : undefined;
}

const linkInto = (list: ListName): string => `/routing/${list}?`;

const printOf = (filters: object): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(filters).toSorted(([one], [other]) => (one < other ? -1 : 1))))
    .digest('base64url')
    .slice(0, 16);
