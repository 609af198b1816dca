/**
 * Lists come in pages. A page names the next one by a relative link that carries the filters (recorded); the client
 * sends a signed request wherever a link points, so a link is believed only where it stays in its own list.
 */
import * as z from 'zod';
import type { Page } from './jobRouter.ts';
import type { Kind } from './resources.ts';

/** The most that a page is asked to hold. */
const PAGE_SIZE = 100;

/** Reads a page of a list. An item that does not read is counted; a link to elsewhere makes the page unreadable. */
export const pageOf = <Resource>(list: string, schema: z.ZodType<Resource>): z.ZodType<Page<Resource>> =>
  z
    .object({
      value: z.array(z.unknown()),
      nextLink: z
        .string()
        .refine((link) => link.startsWith(`${list}?`), { error: `expected a link into ${list}` })
        .nullish(),
    })
    .transform(({ value, nextLink }) => {
      const items = value.map((item) => schema.safeParse(item)).flatMap(({ data }) => data ?? []);
      return { items, unread: value.length - items.length, ...(nextLink && { next: nextLink }) };
    });

/** Where the first page is, or the one that `next` names; and what has to be said besides. */
export function pageRequest(
  { list }: Pick<Kind<unknown>, 'list'>,
  query: object,
  next: string | undefined,
): { readonly path: string; readonly queryParameters: Readonly<Record<string, unknown>> } {
  return next === undefined
    ? { path: list, queryParameters: { maxpagesize: PAGE_SIZE, ...query } }
    : { path: next, queryParameters: {} };
}
