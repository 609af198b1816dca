/** One change, made on the router as it is by then. */
import { isDeepStrictEqual } from 'node:util';
import type { Refused, RouterAnswer, Unavailable } from '../../jobRouter/answer.ts';
import { idFrom } from '../../jobRouter/ids.ts';
import type { JobRouter } from '../../jobRouter/jobRouter.ts';
import { adoptionOf } from '../adopt.ts';
import { redactor } from '../compare/redact.ts';
import { liveResource } from '../live/readLive.ts';
import type { Became, LiveResource, Task } from '../model.ts';
import { creationOf, updateOf } from '../plan/planRouting.ts';

/** What became of a change. */
export type Performed =
  | { readonly became: Became; readonly note?: string }
  | { readonly failed: Refused | Unavailable };

type Write = Task & { does: 'write' };
type Deletion = Task & { does: 'delete' };

/** How often a resource that others write at the same time is looked at anew. */
const MOST_ATTEMPTS = 4;

/** On which router, and for whom. */
export interface PerformMeans {
  readonly router: JobRouter;
  /** Whose resources the plan makes and deletes. */
  readonly owner: string;
  /** Whether nothing but what the plan shows is done: a resource that moved must still need the very same change. */
  readonly isExact: boolean;
}

export const perform = (means: PerformMeans, task: Task): Promise<Performed> =>
  task.does === 'write' ? write(means, task) : remove(means, task);

/**
 * Writes only what the plan has seen: where the resource has moved meanwhile, what is to be written follows from what it
 * is now. Workers and jobs move by themselves, so this happens to every busy router.
 */
async function write(means: PerformMeans, task: Write, attempt = 1): Promise<Performed> {
  const { change, patch, ifMatch } = task;
  const calls = means.router.resources(change.kind);
  const answer = await calls.upsert(change.id, patch, ifMatch === undefined ? {} : { ifMatch });
  if (answer.kind === 'ok') return { became: becameBy(task, answer.value.created) };
  if (!hasMoved(answer, task) || attempt === MOST_ATTEMPTS) return { failed: answer };
  const now = await look(means.router, task);
  if (now.kind === 'failed') return { failed: now.answer };
  const again = rewritten(task, now.resource, means.owner);
  if (again && means.isExact && !isDeepStrictEqual(again.change, change)) return { failed: answer };
  // It may have been this very write, whose answer was lost and which was repeated.
  if (!again) return { became: 'unchanged', note: now.resource ? 'was made so meanwhile' : 'is gone' };
  return write(means, again, attempt + 1);
}

/** Where we guessed: whether a condition on what no longer exists is answered with 412, as here, or with 404. */
const hasMoved = (answer: Refused | Unavailable, { ifMatch }: Write): boolean =>
  answer.kind === 'refused' &&
  (answer.reason === 'changed' || (answer.reason === 'notFound' && ifMatch !== undefined));

/** The router's word counts: somebody else may have created it since the plan was made. */
function becameBy({ change }: Write, created: boolean): Became {
  if (change.action === 'adopt') return 'adopted';
  return created ? 'created' : 'updated';
}

function rewritten(
  { change, declared }: Write,
  now: LiveResource | undefined,
  owner: string,
): Write | undefined {
  const { kind, id } = change;
  if (change.action === 'adopt') return now && now.owner !== owner ? adoptionOf(now, owner) : undefined;
  const wanted = { kind, id, content: declared };
  return now ? updateOf(wanted, now, hide) : creationOf(wanted, owner, hide);
}

/** Nobody is shown what is made here. */
const hide = redactor([]);

/** Deletes what is still the owner's. The service knows no condition for deletions, so it is looked at right before. */
async function remove({ router, owner }: PerformMeans, task: Deletion): Promise<Performed> {
  const { kind, id } = task.change;
  const now = await look(router, task);
  if (now.kind === 'failed') return { failed: now.answer };
  if (!now.resource) return { became: 'deleted', note: 'was gone already' };
  if (now.resource.owner !== owner)
    return { became: 'unchanged', note: `does not belong to "${owner}" any more` };
  if (task.cancels) {
    const cancelled = await router.cancelJob(idFrom(id), {});
    // Refused, it has ended by itself; if it has not, the deletion is refused too, and says why.
    if (cancelled.kind === 'unavailable') return { failed: cancelled };
  }
  const answer: RouterAnswer<void> = await router.resources(kind).delete(id);
  return answer.kind === 'ok' ? { became: 'deleted' } : { failed: answer };
}

type Looked =
  | { readonly kind: 'seen'; readonly resource: LiveResource | undefined }
  | { readonly kind: 'failed'; readonly answer: Refused | Unavailable };

async function look(router: JobRouter, { change: { kind, id } }: Task): Promise<Looked> {
  const answer = await router.resources(kind).get(id);
  if (answer.kind === 'ok') return { kind: 'seen', resource: liveResource(kind, answer.value) };
  if (answer.kind === 'refused' && answer.reason === 'notFound') return { kind: 'seen', resource: undefined };
  return { kind: 'failed', answer };
}
