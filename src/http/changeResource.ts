import type { HttpResponseInit } from '@azure/functions';
import type { Clock } from '../clock.ts';
import type { RouterAnswer } from '../jobRouter/answer.ts';
import type { WriteCondition } from '../jobRouter/jobRouter.ts';
import { etagHeader } from './etagHeader.ts';
import { changedMeanwhile, contended, type Problem, problemResponse } from './problem.ts';
import { endOfRequest } from './requestTime.ts';
import type { Thing, Turns } from './turns.ts';

/** Only other instances, events and the router's other callers still write at the same moment: seldom, and hardly five times. */
const MOST_TRIES = 5;

/** What changing a resource needs. */
export interface ChangeParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly turns: Turns;
}

/** How a resource is read and written. */
interface Calls<Resource> {
  readonly thing: Thing;
  /** For people: `Job "job-1"`. */
  readonly subject: string;
  readonly read: () => Promise<RouterAnswer<Resource>>;
  readonly write: (condition: WriteCondition) => Promise<RouterAnswer<Resource>>;
  /** What the caller is told of anything else that the router did not do. */
  readonly explain: (answer: Exclude<RouterAnswer<Resource>, { kind: 'ok' }>) => Promise<Problem> | Problem;
}

/** A resource as far as it matters here. */
interface Tagged {
  readonly etag?: string | undefined;
}

/** Changes a resource that exists, in its turn, and answers with it as it is then. */
export async function changeResource<Resource extends Tagged>(
  calls: Calls<Resource>,
  ifMatch: string | undefined,
  { clock, turns }: ChangeParts,
): Promise<HttpResponseInit> {
  return turns.take([calls.thing], endOfRequest(clock.now()), async () => {
    const changed = await change(calls, ifMatch);
    if (changed.kind === 'ok') {
      return { status: 200, headers: etagHeader(changed.value), jsonBody: changed.value };
    }
    if (!isOvertaken(changed)) return problemResponse(await calls.explain(changed));
    return problemResponse((ifMatch === undefined ? contended : changedMeanwhile)(calls.subject));
  });
}

/**
 * The router creates what it does not find, so each write goes under an ETag: the caller's, or else the one that was just
 * read, anew where somebody else wrote in between.
 */
async function change<Resource extends Tagged>(
  { read, write }: Calls<Resource>,
  ifMatch: string | undefined,
): Promise<RouterAnswer<Resource>> {
  for (let tries = 1; ; tries += 1) {
    const held = await read();
    if (held.kind !== 'ok') return held;
    const etag = ifMatch ?? held.value.etag;
    const written = await write(etag === undefined ? {} : { ifMatch: etag });
    if (!isOvertaken(written) || ifMatch !== undefined || tries === MOST_TRIES) return written;
  }
}

const isOvertaken = (answer: RouterAnswer<unknown>): boolean =>
  answer.kind === 'refused' && answer.reason === 'changed';
