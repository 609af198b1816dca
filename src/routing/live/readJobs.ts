import { CALLS_AT_ONCE, inParallel } from '../../jobRouter/inParallel.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import { listAll } from './listAll.ts';
import type { Read, ReadFailure } from './readLive.ts';

/** Jobs that have not ended. By the wording of the service, one that is only `created` is not `active` yet. */
export async function listOpenJobs(router: JobRouter): Promise<Read | ReadFailure> {
  const created = await listAll(router, 'jobs', { status: 'created' });
  if ('answer' in created) return created;
  // Asked last, so that a job that moves from one status to the other between the two is in the second.
  const active = await listAll(router, 'jobs', { status: 'active' });
  if ('answer' in active) return active;
  const isActive = new Set(active.resources.map(({ id }) => id));
  return {
    resources: [...active.resources, ...created.resources.filter(({ id }) => !isActive.has(id))],
    unread: active.unread + created.unread,
    calls: active.calls + created.calls,
  };
}

/**
 * The jobs with these ids, as far as there are any. Nobody knows whether asking one by one or reading the whole list is
 * less work, so the list is read for as many pages as there are jobs to find, and the rest is asked for.
 */
export async function findJobs(router: JobRouter, ids: readonly string[]): Promise<Read | ReadFailure> {
  if (ids.length === 0) return { resources: [], unread: 0, calls: 0 };
  const wanted = new Set(ids);
  const list = await listAll(router, 'jobs', {}, ({ calls }) => calls >= ids.length);
  if ('answer' in list) return list;
  const listed = list.resources.filter(({ id }) => wanted.has(id));
  if (list.isWhole) return { ...list, resources: listed };

  const known = new Set(listed.map(({ id }) => id));
  const left = ids.filter((id) => !known.has(id));
  const answers = await inParallel(left, CALLS_AT_ONCE, async (id) => ({
    id,
    answer: await router.resources('jobs').get(id),
  }));
  const found = [...listed];
  for (const { id, answer } of answers) {
    if (answer.kind === 'ok') found.push(answer.value);
    else if (answer.kind === 'unavailable' || answer.reason !== 'notFound') {
      return { subject: `jobs/${id}`, answer };
    }
  }
  return { resources: found, unread: list.unread, calls: list.calls + left.length };
}
