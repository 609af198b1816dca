/**
 * Pages of a listing, newest first. A link to the next page holds one parameter only: a token in which the
 * filters and the page size of the first request travel on. (Recorded; the client adds the api-version.)
 */
import { z } from 'zod';
import { decode } from './decode.ts';
import { invalidMembers } from './refusal.ts';

/** Where we guessed: neither the default nor a limit of the page size is published. */
const DEFAULT_PAGE_SIZE = 100;

const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);
const pageSizeOf = z.object({
  maxpagesize: wholeNumber.pipe(z.number().min(1)).default(DEFAULT_PAGE_SIZE),
});

export interface PageRequest {
  readonly pageSize: number;
  /** Only what was created before the item of this ordinal. */
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

/** The link to what was created before the item of the given ordinal. */
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

interface Ordered<Item> {
  readonly item: Item;
  readonly ordinal: number;
}

/**
 * Numbers resources in the order of their creation, so that a page can say where the next one begins even
 * when the resources around that place are gone by then. Called with all resources of one kind, newest first;
 * a resource keeps its number from listing to listing, and one that was deleted and created again counts as new.
 */
export function createOrdinals<Item extends { readonly id: string }>(): (
  newestFirst: readonly Item[],
) => readonly Ordered<Item>[] {
  let known = new Map<string, number>();
  let issued = 0;

  return (newestFirst) => {
    const current = new Map<string, number>();
    let previous = 0;
    for (const { id } of newestFirst.toReversed()) {
      const earlier = known.get(id);
      previous = earlier !== undefined && earlier > previous ? earlier : ++issued;
      current.set(id, previous);
    }
    known = current;
    return newestFirst.map((item) => ({ item, ordinal: current.get(item.id) ?? 0 }));
  };
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The ordinal the next page goes on before; absent on the last page. */
  readonly next?: number;
}

/** The page asked for, of the resources that match. */
export function pageOf<Item>(
  all: readonly Ordered<Item>[],
  matches: (item: Item) => boolean,
  { pageSize, before }: PageRequest,
): Page<Item> {
  const page: Ordered<Item>[] = [];
  for (const candidate of all) {
    if (candidate.ordinal >= before || !matches(candidate.item)) continue;
    const last = page.at(-1);
    if (last && page.length === pageSize) return { items: page.map(({ item }) => item), next: last.ordinal };
    page.push(candidate);
  }
  return { items: page.map(({ item }) => item) };
}
