import type { Instant } from './instant.ts';

/** Takes a scheduled run back. Calling it again, or after the run, does nothing. */
export type CancelRun = () => void;

/**
 * The only source of time in the emulator suite. Everything that waits (offers that expire, deliveries that
 * are retried) asks the clock to call it later, so that a test can own time.
 */
export interface Clock {
  now(): Instant;
  /**
   * Runs `run` at `when`, or as soon as possible when `when` has passed; never earlier, so that `now()` inside
   * the run is at least `when`, and never before `at` has returned. Runs
   * that are due at the same instant go in the order in which they were asked for. A promise that `run`
   * returns is waited for by a manual clock before time moves on; nobody else waits for it, so `run` must
   * deal with its own failures.
   */
  at(when: Instant, run: () => void | Promise<void>): CancelRun;
}
