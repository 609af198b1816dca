/** What a caught problem says about itself. */
export const messageOf = (problem: unknown): string =>
  problem instanceof Error ? problem.message : String(problem);
