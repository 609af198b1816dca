import { describe, expect, it } from 'vitest';
import { ResourceMap } from '../../../../../emulator/router/engine/creationOrder.ts';
import { nextLink, pageOf, pageRequest } from '../../../../../emulator/router/http/paging.ts';

interface Thing {
  readonly id: string;
}

type Things = ResourceMap<string, Thing>;

const thingsOf = (...oldestFirst: string[]): Things => {
  const things = new ResourceMap<string, Thing>();
  for (const id of oldestFirst) things.set(id, { id });
  return things;
};
const anything = () => true;

function read(things: Things, query: string, matches: (thing: Thing) => boolean = anything) {
  const request = pageRequest(new URLSearchParams(query));
  const listed = things.newestFirst(request.before).map(({ number, state }) => ({ number, view: state }));
  const { items, next } = pageOf(listed, matches, request.pageSize);
  const link = next === undefined ? undefined : nextLink('/routing/things', request, next);
  return { ids: items.map(({ id }) => id), more: link?.split('?')[1] };
}

describe('pages', () => {
  it('follow each other until nothing is left, newest first', () => {
    const all = thingsOf('a', 'b', 'c', 'd', 'e');
    const first = read(all, 'maxpagesize=2');
    const second = read(all, first.more ?? '');
    const third = read(all, second.more ?? '');
    expect([first.ids, second.ids, third.ids]).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
    expect(third.more).toBeUndefined();
  });

  it('end without a link when the last page is exactly full', () => {
    expect(read(thingsOf('a', 'b'), 'maxpagesize=2').more).toBeUndefined();
  });

  it('end without a link when nothing that is left matches', () => {
    const page = read(thingsOf('a', 'b', 'c'), 'maxpagesize=1', ({ id }) => id === 'c');
    expect(page).toEqual({ ids: ['c'], more: undefined });
  });

  it.each<[what: string, change: (things: Things) => void, then: string[]]>([
    ['something is created', (things) => things.set('f', { id: 'f' }), ['c', 'b', 'a']],
    ['something is written again', (things) => things.set('a', { id: 'a' }), ['c', 'b', 'a']],
    [
      'the whole first page is deleted',
      (things) => ['e', 'd'].map((id) => things.delete(id)),
      ['c', 'b', 'a'],
    ],
    ['the next item is deleted', (things) => things.delete('c'), ['b', 'a']],
    [
      'everything around the boundary is deleted',
      (things) => ['b', 'c', 'd', 'e'].map((id) => things.delete(id)),
      ['a'],
    ],
    ['everything is deleted', (things) => ['a', 'b', 'c', 'd', 'e'].map((id) => things.delete(id)), []],
    [
      'a later item is deleted and created again, and so is new',
      (things) => things.delete('b') && things.set('b', { id: 'b' }),
      ['c', 'a'],
    ],
    [
      'an earlier item is deleted and created again',
      (things) => things.delete('e') && things.set('e', { id: 'e' }),
      ['c', 'b', 'a'],
    ],
  ])('neither repeat nor skip when between them %s', (_, change, then) => {
    const things = thingsOf('a', 'b', 'c', 'd', 'e');
    const first = read(things, 'maxpagesize=2');
    change(things);
    const second = read(things, first.more ?? '');
    const rest = second.more === undefined ? [] : read(things, second.more).ids;
    expect([...second.ids, ...rest]).toEqual(then);
  });

  it('are found among thousands of which most were deleted', () => {
    const things = thingsOf(...Array.from({ length: 5000 }, (_, index) => `thing-${index}`));
    for (let index = 0; index < 5000; index += 1) if (index % 50 !== 0) things.delete(`thing-${index}`);
    const first = read(things, 'maxpagesize=3');
    expect(first.ids).toEqual(['thing-4950', 'thing-4900', 'thing-4850']);
    expect(read(things, first.more ?? '').ids[0]).toBe('thing-4800');
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
