import type { Clock } from '../clock/clock.ts';
import { secondsAfter } from '../clock/instant.ts';

const DEATH_NOTICE_SECONDS = 0.5;

/** A step of the demo did not happen. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

export interface Steps {
  /** Notes what has just been seen, for the message of a step that fails later. */
  saw(what: string): void;
  /** Gives a long step, which has just come a bit further, the whole limit again. */
  progressed(): void;
  /** Waits for one step; fails with its name and what was last seen when it does not happen within the limit. */
  take<Result>(step: string, happening: Promise<Result>): Promise<Result>;
}

/** @param hostEnded settles when the app's host has died, which fails the current step at once. */
export function createSteps(clock: Clock, limitSeconds: number, hostEnded: Promise<string>): Steps {
  let lastSeen = 'nothing yet';
  let progressedAt = clock.now();

  const failure = (step: string, reason: string) =>
    new StepFailed(`This step failed: ${step}\n  ${reason}\n  Last seen: ${lastSeen}`);

  /** A connection that breaks because the host dies breaks a moment before the host is known to be dead. */
  function deathNotice(): Promise<string | undefined> {
    const { promise: aMoment, resolve } = Promise.withResolvers<undefined>();
    const cancel = clock.at(secondsAfter(clock.now(), DEATH_NOTICE_SECONDS), () => resolve(undefined));
    return Promise.race([hostEnded.then((how) => `${capitalised(how)}.`), aMoment]).finally(cancel);
  }

  function silence(step: string): { readonly failed: Promise<never>; stop(): void } {
    const { promise, reject } = Promise.withResolvers<never>();
    const startedAt = clock.now();
    const due = () => secondsAfter(startedAt > progressedAt ? startedAt : progressedAt, limitSeconds);
    const check = () => {
      if (clock.now() >= due()) reject(failure(step, `Nothing happened for ${limitSeconds} s.`));
      else stop = clock.at(due(), check);
    };
    let stop = clock.at(due(), check);
    return { failed: promise, stop: () => stop() };
  }

  return {
    saw(what) {
      lastSeen = what;
    },
    progressed() {
      progressedAt = clock.now();
    },
    async take(step, happening) {
      const watch = silence(step);
      const died = hostEnded.then((how) => Promise.reject(failure(step, `${capitalised(how)}.`)));
      try {
        return await Promise.race([happening, watch.failed, died]);
      } catch (error) {
        if (error instanceof StepFailed) throw error;
        throw failure(step, [describe(error), await deathNotice()].filter(Boolean).join('. '));
      } finally {
        watch.stop();
      }
    },
  };
}

const capitalised = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** fetch hides what went wrong behind "fetch failed"; its cause says it. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
