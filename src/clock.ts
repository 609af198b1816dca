/** The app's only source of time. */
export interface Clock {
  now(): Date;
  /** Resolves after `milliseconds`. */
  wait(milliseconds: number): Promise<void>;
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => new Date(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
