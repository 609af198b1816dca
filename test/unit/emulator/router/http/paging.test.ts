import { describe, expect, it } from 'vitest';
import { createOrdinals, nextLink, pageOf, pageRequest } from '../../../../../emulator/router/http/paging.ts';

interface Thing {
  readonly id: string;
}

const things = (...ids: string[]): Thing[] => ids.map((id) => ({ id }));
const anything = () => true;

/** A listing that can be read page by page while what it lists changes. */
function reader() {
  const ordinals = createOrdinals<Thing>();
  return (newestFirst: Thing[], query: string, matches: (thing: Thing) => boolean = anything) => {
    const request = pageRequest(new URLSearchParams(query));
    const { items, next } = pageOf(ordinals(newestFirst), matches, request);
    const link = next === undefined ? undefined : nextLink('/routing/things', request, next);
    return { ids: items.map(({ id }) => id), more: link?.split('?')[1] };
  };
}

describe('pages', () => {
  it('follow each other until nothing is left, newest first', () => {
    const read = reader();
    const all = things('e', 'd', 'c', 'b', 'a');
    const first = read(all, 'maxpagesize=2');
    const second = read(all, first.more ?? '');
    const third = read(all, second.more ?? '');
    expect([first.ids, second.ids, third.ids]).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
    expect(third.more).toBeUndefined();
  });

  it('end without a link when the last page is exactly full', () => {
    expect(reader()(things('b', 'a'), 'maxpagesize=2').more).toBeUndefined();
  });

  it('end without a link when nothing that is left matches', () => {
    const page = reader()(things('c', 'b', 'a'), 'maxpagesize=1', ({ id }) => id === 'c');
    expect(page).toEqual({ ids: ['c'], more: undefined });
  });

  it.each<[what: string, now: string[], then: string[]]>([
    ['something is created', ['f', 'e', 'd', 'c', 'b', 'a'], ['c', 'b', 'a']],
    ['the whole first page is deleted', ['c', 'b', 'a'], ['c', 'b', 'a']],
    ['the next item is deleted', ['e', 'd', 'b', 'a'], ['b', 'a']],
    ['everything around the boundary is deleted', ['a'], ['a']],
    ['everything is deleted', [], []],
    ['a later item is deleted and created again, and so is new', ['b', 'e', 'd', 'c', 'a'], ['c', 'a']],
    ['an earlier item is deleted and created again', ['e', 'd', 'c', 'b', 'a'], ['c', 'b', 'a']],
  ])('neither repeat nor skip when between them %s', (_, now, then) => {
    const read = reader();
    const first = read(things('e', 'd', 'c', 'b', 'a'), 'maxpagesize=2');
    expect(read(things(...now), `${first.more}&maxpagesize=9`).ids).toEqual(then.slice(0, 2));
  });

  it('number again what was deleted and created anew', () => {
    const ordinals = createOrdinals<Thing>();
    ordinals(things('b', 'a'));
    expect(ordinals(things('a', 'b')).map(({ ordinal }) => ordinal)).toEqual([3, 2]);
  });
});

describe('the link to the next page', () => {
  const request = pageRequest(
    new URLSearchParams('api-version=2023-11-01&maxpagesize=1&queueId=q 1&status=all'),
  );
  const link = nextLink('/routing/jobs', request, 7);

  it('is relative and holds a token only, which the client completes with the api-version', () => {
    expect(link).toMatch(/^\/routing\/jobs\?continuationToken=[\w%]+$/);
  });

  it('carries page size and filters of the first request', () => {
    const next = pageRequest(new URLSearchParams(`${link.split('?')[1]}&api-version=2023-11-01`));
    expect(next).toMatchObject({ pageSize: 1, before: 7, parameters: { queueId: 'q 1', status: 'all' } });
  });
});

describe('a page request', () => {
  it('takes a hundred items unless told otherwise', () => {
    expect(pageRequest(new URLSearchParams('')).pageSize).toBe(100);
  });

  it.each(['maxpagesize=0', 'maxpagesize=-1', 'maxpagesize=ten', 'continuationToken=abc'])(
    'with %s is refused',
    (query) => {
      expect(() => pageRequest(new URLSearchParams(query))).toThrow(expect.objectContaining({ status: 400 }));
    },
  );
});
