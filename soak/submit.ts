import type { Clock } from '../src/clock.ts';
import { inParallel } from '../src/jobRouter/inParallel.ts';
import { jobNumber } from './routing.ts';

const SUBMISSIONS_AT_ONCE = 16;

/** How long whoever submits waits before it tries again: the app may be starting. */
const PATIENCE_MILLISECONDS = 100;

/**
 * Submits jobs as an application would that does not give up: an answer that did not arrive, or that says "not now", is
 * followed by the same request again.
 */
export async function submitAll(appUrl: string, numbers: readonly number[], clock: Clock): Promise<void> {
  await inParallel(numbers, SUBMISSIONS_AT_ONCE, async (number) => {
    const body = JSON.stringify(jobNumber(number));
    while (!(await isTaken(appUrl, body))) await clock.wait(PATIENCE_MILLISECONDS);
  });
}

async function isTaken(appUrl: string, body: string): Promise<boolean> {
  const answer = await fetch(`${appUrl}/api/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  }).catch(() => undefined);
  const text = await answer?.text().catch(() => '');
  if (answer === undefined || answer.status >= 500 || answer.status === 429) return false;
  if (answer.ok) return true;
  throw new Error(`POST /api/jobs answered ${answer.status}: ${text}`);
}
