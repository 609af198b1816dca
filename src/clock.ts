/** The app's only source of time. */
export interface Clock {
  now(): Date;
  /** Resolves after `milliseconds`. */
  wait(milliseconds: number): Promise<void>;
  /** A signal that aborts after `milliseconds`. It keeps no process alive. */
  deadline(milliseconds: number): AbortSignal;
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => new Date(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
};
