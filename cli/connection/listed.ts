import type { RouterAnswer } from '../../src/jobRouter/answer.ts';
import type { Page } from '../../src/jobRouter/jobRouter.ts';
import { remark } from '../terminal/say.ts';
import { needed } from './routerFailure.ts';

/**
 * The entries of a list, page after page, at most `limit` of them. Entries that cannot be read are remarked on.
 *
 * @throws CommandFailed where a page does not come.
 */
export async function listed<Entry>(
  subject: string,
  limit: number,
  page: (next?: string) => Promise<RouterAnswer<Page<Entry>>>,
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  let unread = 0;
  let next: string | undefined;
  do {
    const read = needed(await page(next), subject);
    entries.push(...read.items);
    unread += read.unread;
    next = read.next;
  } while (next !== undefined && entries.length < limit);
  if (unread > 0) remark(`${unread} of the ${subject} could not be read and are left out.`);
  return entries.slice(0, limit);
}
