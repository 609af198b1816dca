import type { Finding } from './findings.ts';
import type { Run } from './run.ts';
import type { Search } from './searches.ts';

/** What one page of a list held. */
export interface Found {
  readonly findings: readonly Finding[];
  /** When the router said so, by its own clock. */
  readonly routerNow: Date;
}

/** Page by page, newest first, while the run may go on. A page that nobody answers ends the run. */
export async function* lookThrough(search: Search, run: Run, now: () => Date): AsyncGenerator<Found> {
  let next: string | undefined;
  do {
    if (run.isOver()) return;
    const answer = await search.page(run.router, next);
    if (answer.kind !== 'ok') {
      run.stop(`the router did not list ${search.of}: ${answer.message}`);
      return;
    }
    const { items, unread } = answer.value;
    run.count('looked', items.length);
    run.count('unread', unread);
    yield { findings: items.flat(), routerNow: answer.answeredAt ?? now() };
    next = answer.value.next;
  } while (next !== undefined);
}
