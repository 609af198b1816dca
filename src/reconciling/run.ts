/** One run: how far it may go, and what it came to. */
import type { Clock } from '../clock.ts';
import type { Attempt } from '../jobRouter/attempt.ts';
import type { JobRouter } from '../jobRouter/jobRouter.ts';

/** The host allows five minutes by default where a plan has a limit at all, and the next run goes on. */
const LONGEST_RUN_MILLISECONDS = 240_000;

/** So many requests without an answer, one after the other, say enough about the next one. */
const MOST_UNANSWERED = 20;

/** What a run came to, as its one line in the log says it. */
export interface RunSummary {
  readonly function: 'reconcileJobs';
  /** Jobs and workers that were listed, each as often as it was. */
  readonly looked: number;
  /** Effects, one log line each. */
  readonly acted: number;
  /** What is left to its own event, to a person by a rule, or to work under way. */
  readonly left: number;
  /** Jobs that do not move by themselves and that no rule rescues. */
  readonly stuck: number;
  /** Jobs and workers that could not be read. */
  readonly unread: number;
  /** Requests to the router. */
  readonly calls: number;
  readonly seconds: number;
  /** Why it ended early; absent where it looked at everything. */
  readonly stopped?: string;
}

/** What is counted. */
export type Counted = 'looked' | 'acted' | 'left' | 'stuck' | 'unread';

/** A run under way. */
export interface Run {
  /** Its calls are housekeeping, and over when the run has to be. */
  readonly router: JobRouter;
  count(what: Counted, howMany?: number): void;
  /** Ends it early. The first reason is the one that is told. */
  stop(why: string): void;
  isOver(): boolean;
  wait(milliseconds: number): Promise<void>;
  summary(): RunSummary;
}

export function startRun(router: JobRouter, clock: Clock): Run {
  const startedAt = clock.now().getTime();
  const endsAt = startedAt + LONGEST_RUN_MILLISECONDS;
  const counts: Record<Counted | 'calls', number> = {
    looked: 0,
    acted: 0,
    left: 0,
    stuck: 0,
    unread: 0,
    calls: 0,
  };
  let unanswered = 0;
  let stopped: string | undefined;

  function watch({ answer }: Attempt): void {
    counts.calls += 1;
    unanswered = answer === 'unavailable' ? unanswered + 1 : 0;
    if (unanswered === MOST_UNANSWERED) run.stop('the router does not answer');
  }

  const elapsed = () => clock.now().getTime() - startedAt;
  const run: Run = {
    router: router.inLane('housekeeping', watch).until(new Date(endsAt)),
    count(what, howMany = 1) {
      counts[what] += howMany;
    },
    stop(why) {
      stopped ??= why;
    },
    isOver() {
      if (elapsed() >= LONGEST_RUN_MILLISECONDS) run.stop('its time was over; the next run goes on');
      return stopped !== undefined;
    },
    wait: (milliseconds) => clock.wait(milliseconds),
    summary: () => ({
      function: 'reconcileJobs',
      ...counts,
      seconds: Math.round(elapsed() / 1000),
      ...(stopped !== undefined && { stopped }),
    }),
  };
  return run;
}
