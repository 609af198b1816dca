import type { RouterAnswer } from '../jobRouter/answer.ts';
import type { WriteCondition } from '../jobRouter/jobRouter.ts';

/** Somebody else writes at the same moment seldom, and hardly three times. */
const MOST_TRIES = 3;

/** How a resource is read and written. */
interface Calls<Resource> {
  readonly read: () => Promise<RouterAnswer<Resource>>;
  readonly write: (condition: WriteCondition) => Promise<RouterAnswer<Resource>>;
}

/**
 * Changes a resource that exists. The router creates what it does not find, so each write goes under an ETag: the caller's,
 * or else the one that was just read, anew where somebody else wrote in between.
 */
export async function changeResource<Resource extends { readonly etag?: string | undefined }>(
  { read, write }: Calls<Resource>,
  ifMatch: string | undefined,
): Promise<RouterAnswer<Resource>> {
  for (let tries = 1; ; tries += 1) {
    const held = await read();
    if (held.kind !== 'ok') return held;
    const etag = ifMatch ?? held.value.etag;
    const written = await write(etag === undefined ? {} : { ifMatch: etag });
    const isOvertaken = written.kind === 'refused' && written.reason === 'changed';
    if (!isOvertaken || ifMatch !== undefined || tries === MOST_TRIES) return written;
  }
}
