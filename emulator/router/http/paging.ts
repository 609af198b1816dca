/**
 * Pages of a listing, newest first. A link to the next page holds one parameter only: a token in which the
 * filters and the page size of the first request travel on. (Recorded; the client adds the api-version.)
 */
import * as z from 'zod';
import type { Listed } from '../engine/engine.ts';
import { decode } from './decode.ts';
import { invalidMembers } from './refusal.ts';

/** Where we guessed: neither the default nor a limit of the page size is published. */
const DEFAULT_PAGE_SIZE = 100;

const wholeNumber = z.lazy(() =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number),
);
const pageSizeOf = z.lazy(() =>
  z.object({
    maxpagesize: wholeNumber.pipe(z.number().min(1)).default(DEFAULT_PAGE_SIZE),
  }),
);

export interface PageRequest {
  readonly pageSize: number;
  /** Only what was created before the item of this number. */
  readonly before: number;
  /** All parameters of the first page's request, also on the later pages. */
  readonly parameters: Readonly<Record<string, string>>;
}

function readToken(token: string): { readonly before: number; readonly parameters: URLSearchParams } {
  const parameters = new URLSearchParams(Buffer.from(token, 'base64').toString('utf8'));
  const before = wholeNumber.safeParse(parameters.get('continuationToken'));
  if (!before.success)
    throw invalidMembers([{ member: 'continuationToken', message: 'is not a token of this router' }]);
  return { before: before.data, parameters };
}

/** Which page a query asks for. Throws a Refusal for a page size or a token that is none. */
export function pageRequest(query: URLSearchParams): PageRequest {
  const token = query.get('continuationToken');
  const first = { before: Number.POSITIVE_INFINITY, parameters: query };
  const { before, parameters: given } = token ? readToken(token) : first;
  const parameters = Object.fromEntries([...given].filter(([, value]) => value !== ''));
  return { pageSize: decode(pageSizeOf, parameters).maxpagesize, before, parameters };
}

/** The link to what was created before the item of the given number. */
export function nextLink(path: string, { pageSize, parameters }: PageRequest, before: number): string {
  const { 'api-version': _, continuationToken: __, maxpagesize: ___, ...filters } = parameters;
  const carried = new URLSearchParams({
    continuationToken: String(before),
    maxpagesize: String(pageSize),
    ...filters,
  });
  const token = Buffer.from(carried.toString()).toString('base64');
  return `${path}?continuationToken=${encodeURIComponent(token)}`;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The number the next page goes on before; absent on the last page. */
  readonly next?: number;
}

/**
 * The page of what matches among `listed`, which begins where the page does. A page ends at the number of its last
 * item, so that the next one goes on there even when what is around is gone by then.
 */
export function pageOf<Item>(
  listed: Iterable<Listed<Item>>,
  matches: (item: Item) => boolean,
  pageSize: number,
): Page<Item> {
  const items: Item[] = [];
  let last = 0;
  for (const { number, view } of listed) {
    if (!matches(view)) continue;
    if (items.length === pageSize) return { items, next: last };
    items.push(view);
    last = number;
  }
  return { items };
}
