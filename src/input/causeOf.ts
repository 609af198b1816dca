import { messageOf } from './messageOf.ts';

/** What a caught problem says about what led to it. `fetch` says only that it failed; why is in the cause. */
export const causeOf = (problem: unknown): string =>
  messageOf(problem instanceof Error && problem.cause !== undefined ? problem.cause : problem);
