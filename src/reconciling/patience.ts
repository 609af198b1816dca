/**
 * What was done about a finding that is still there is not done again in every run: work may be under way, or a refusal
 * stays one. The pause doubles each time. Only a courtesy: a process that has just started knows nothing and asks once
 * more, which every effect allows.
 */
import type { Decision } from '../automation/decision.ts';
import type { Automation } from '../automation/rules.ts';
import type { RouterEvent } from '../events/routerEvent.ts';

const FIRST_PAUSE = 60_000;
const LONGEST_PAUSE = 3_600_000;

/** Remembers what was tried. Times are the router's. */
export interface Patience {
  isDue(eventId: string, now: Date): boolean;
  tried(eventId: string, now: Date): void;
  /** Forgets all but what is still there. */
  forget(found: ReadonlySet<string>): void;
}

export function createPatience(): Patience {
  const tries = new Map<string, { readonly dueAt: number; readonly pause: number }>();
  return {
    isDue: (eventId, now) => now.getTime() >= (tries.get(eventId)?.dueAt ?? Number.NEGATIVE_INFINITY),
    tried(eventId, now) {
      const pause = Math.min(LONGEST_PAUSE, 2 * (tries.get(eventId)?.pause ?? FIRST_PAUSE / 2));
      tries.set(eventId, { dueAt: now.getTime() + pause, pause });
    },
    forget(found) {
      for (const eventId of tries.keys()) if (!found.has(eventId)) tries.delete(eventId);
    },
  };
}

/** What a queue message or an endpoint is given beyond its time, in seconds. */
const GRACE_SECONDS = 60;

/**
 * Why a decision is left to what is under way already, if so: a completion that waits for its time in the storage
 * queue, or work that somebody may be doing.
 */
export function underWay(
  decision: Decision,
  { eventTime }: RouterEvent,
  { rules }: Automation,
  now: Date,
): string | undefined {
  if (decision.kind === 'CompleteLater') return 'its completion is not due yet';
  if (eventTime === undefined || !('rule' in decision)) return undefined;
  const rule = rules.find(({ name }) => name === decision.rule);
  const isOver = (seconds: number) => now.getTime() >= eventTime.getTime() + (seconds + GRACE_SECONDS) * 1000;
  if (decision.kind === 'DoWork' && !isOver(decision.work.timeoutSeconds)) return 'its work is under way';
  const delay = decision.kind === 'CompleteAssignment' ? rule?.completeAfterSeconds : undefined;
  return delay !== undefined && !isOver(delay) ? 'its completion is on its way' : undefined;
}
