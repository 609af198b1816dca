import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import type { AnyResource, ResourceKind } from '../../jobRouter/resources.ts';
import type { Read, ReadFailure } from './readLive.ts';

/**
 * A whole list, page after page.
 *
 * @param isEnough is asked after every page, with what has been read and how many pages that took.
 */
export async function listAll(
  router: JobRouter,
  kind: ResourceKind,
  query: object = {},
  isEnough: (read: Read) => boolean = () => false,
): Promise<(Read & { readonly isWhole: boolean }) | ReadFailure> {
  const calls = router.resources(kind);
  const resources: AnyResource[] = [];
  let unread = 0;
  let next: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const page = await calls.list(query, next);
    if (page.kind !== 'ok') return { subject: kind, answer: page };
    resources.push(...page.value.items);
    unread += page.value.unread;
    next = page.value.next;
    const read = { resources, unread, calls: pages };
    if (next === undefined || isEnough(read)) return { ...read, isWhole: next === undefined };
  }
}
