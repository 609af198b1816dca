/**
 * Selectors that expire. Where we guessed: the clock of a selector starts when its job first enters a queue with it,
 * and runs on whatever becomes of the job; a selector that is sent again unchanged keeps its clock.
 */
import { type Instant, secondsAfter } from '../../clock/instant.ts';
import type { JobContent } from './job.ts';
import type { WorkerSelector } from './model/selectors.ts';

type Selectors = readonly WorkerSelector[];

const isUnstarted = ({ status, expiresAfterSeconds, expiresAt }: WorkerSelector): boolean =>
  status === 'active' && expiresAfterSeconds !== undefined && expiresAt === undefined;

export const hasClocksToStart = ({ selectors, attachedSelectors }: JobContent): boolean =>
  selectors.some(isUnstarted) || attachedSelectors.some(isUnstarted);

/** Some selector's clock runs, or is to be started. */
export const hasClocks = ({ selectors, attachedSelectors }: JobContent): boolean =>
  selectors.some(isTimed) || attachedSelectors.some(isTimed);

const isTimed = ({ status, expiresAfterSeconds }: WorkerSelector): boolean =>
  status === 'active' && expiresAfterSeconds !== undefined;

export function withClocksStarted(content: JobContent, at: Instant): JobContent {
  const start = (selector: WorkerSelector): WorkerSelector =>
    isUnstarted(selector) && selector.expiresAfterSeconds !== undefined
      ? { ...selector, expiresAt: secondsAfter(at, selector.expiresAfterSeconds) }
      : selector;
  const { selectors, attachedSelectors } = content;
  return { ...content, selectors: selectors.map(start), attachedSelectors: attachedSelectors.map(start) };
}

/** When the next active selector expires. */
export function nextExpiry({ selectors, attachedSelectors }: JobContent): Instant | undefined {
  let next: Instant | undefined;
  for (const { status, expiresAt } of [...selectors, ...attachedSelectors]) {
    if (status !== 'active' || expiresAt === undefined) continue;
    if (next === undefined || expiresAt < next) next = expiresAt;
  }
  return next;
}

/** The content with its overdue selectors expired, and which ones these are. */
export function withOverdueExpired(content: JobContent, at: Instant) {
  const requested = expireOverdue(content.selectors, at);
  const attached = expireOverdue(content.attachedSelectors, at);
  return {
    content: { ...content, selectors: requested.all, attachedSelectors: attached.all },
    expiredRequestedWorkerSelectors: requested.expired,
    expiredAttachedWorkerSelectors: attached.expired,
  };
}

function expireOverdue(
  selectors: Selectors,
  at: Instant,
): { readonly all: Selectors; readonly expired: Selectors } {
  const expired: WorkerSelector[] = [];
  const all = selectors.map((selector) => {
    const { status, expiresAt } = selector;
    if (status !== 'active' || expiresAt === undefined || expiresAt > at) return selector;
    const over: WorkerSelector = { ...selector, status: 'expired' };
    expired.push(over);
    return over;
  });
  return { all, expired };
}

/** `next`, with the selectors that are in `current` already as they are there. */
export function keepingClocks(current: Selectors, next: Selectors): Selectors {
  if (current.length === 0 && next.length > 0) return next;
  const kept = next.map((selector) => current.find((known) => isSameSelector(known, selector)) ?? selector);
  const isUnchanged =
    kept.length === current.length && kept.every((selector, place) => selector === current[place]);
  return isUnchanged ? current : kept;
}

const isSameSelector = (a: WorkerSelector, b: WorkerSelector): boolean =>
  a.key === b.key &&
  a.labelOperator === b.labelOperator &&
  a.value === b.value &&
  a.expedite === b.expedite &&
  a.expiresAfterSeconds === b.expiresAfterSeconds;
