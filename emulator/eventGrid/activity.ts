/** Counts what is going on, so that others can wait for quiet. */
export interface Activity {
  begin(): void;
  end(): void;
  /** Resolves when nothing is going on; at once when nothing is. */
  idle(): Promise<void>;
}

export function createActivity(): Activity {
  let goingOn = 0;
  let quiet = Promise.withResolvers<void>();
  quiet.resolve();
  return {
    begin() {
      if (goingOn === 0) quiet = Promise.withResolvers<void>();
      goingOn += 1;
    },
    end() {
      goingOn -= 1;
      if (goingOn === 0) quiet.resolve();
    },
    idle: () => quiet.promise,
  };
}
