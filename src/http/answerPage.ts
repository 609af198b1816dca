import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import type { RouterAnswer } from '../jobRouter/answer.ts';
import type { Page } from '../jobRouter/jobRouter.ts';
import { firstPage, type ListName, pageToken, readPageToken } from './pageToken.ts';
import { type Problem, problemResponse } from './problem.ts';
import { readQuery } from './readQuery.ts';
import { routerProblem } from './routerProblem.ts';

/** The most that a page may hold; the router's own pages were recorded to hold a hundred at least. */
const LARGEST_PAGE = 100;

/** What every list may be asked for besides its filters. */
export const pageParameters = {
  limit: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/, { error: `expected a whole number from 1 to ${LARGEST_PAGE}` })
    .exactOptional()
    .describe(`How many entries a page holds at most. Default: ${LARGEST_PAGE}.`),
  next: z.string().min(1).exactOptional().describe('Where the page before ended, as that page said.'),
};

interface PageParameters {
  readonly limit?: string;
  readonly next?: string;
}

/** A page is asked for by the filters of the first one, and by the router's link to it. */
type AskForPage<Query, Resource> = (
  filters: Omit<Query, 'next' | 'limit'> & { readonly maxpagesize?: number },
  next: string | undefined,
) => Promise<RouterAnswer<Page<Resource>>>;

/**
 * Answers with one page of a list, and with the token and the link of the next one. The filters travel in the token; who
 * repeats them beside it has to repeat them as they were.
 */
export async function answerPage<Query extends PageParameters, Resource>(
  list: ListName,
  request: Pick<HttpRequest, 'query' | 'url'>,
  schema: z.ZodType<Query>,
  ask: AskForPage<Query, Resource>,
): Promise<HttpResponseInit> {
  const query = readQuery(request, schema);
  if (query.kind === 'problem') return problemResponse(query.problem);
  const { next: token, limit, ...others } = query.value;
  const filters = { ...others, ...(limit !== undefined && { maxpagesize: Number(limit) }) };
  const place = token === undefined ? firstPage(filters) : readPageToken(list, filters, token);
  if (place === undefined) return problemResponse(foreignToken);

  const page = await ask(filters, place.link);
  if (page.kind !== 'ok') {
    const isTokenRefused = page.kind === 'refused' && token !== undefined;
    return problemResponse(isTokenRefused ? foreignToken : routerProblem(page, `the list of ${list}`));
  }
  const { items, unread, next } = page.value;
  const nextToken = pageToken(list, place, next);
  return {
    status: 200,
    ...(nextToken !== undefined && { headers: linkTo(request.url, nextToken) }),
    jsonBody: { items, ...(unread > 0 && { unread }), ...(nextToken !== undefined && { next: nextToken }) },
  };
}

/** RFC 8288. Relative, since whoever stands before the app may have another name for it. */
const linkTo = (url: string, token: string): Record<string, string> => ({
  link: `<${new URL(url).pathname}?next=${token}>; rel="next"`,
});

const foreignToken: Problem = {
  name: 'invalidQuery',
  status: 400,
  detail: 'The list cannot be gone on with from here. Begin it again without "next".',
  errors: [{ parameter: 'next', detail: 'expected the token of a page of this list, with the same filters' }],
};
