/** What one place names and another does not, as sentences. */
export interface Place {
  readonly where: string;
  readonly names: readonly string[];
}

/** Names of `from` that are missing in `to`. */
export const missingFrom = (from: Place, to: Place, what: string): readonly string[] =>
  [...new Set(from.names)]
    .filter((name) => !to.names.includes(name))
    .map((name) => `${what} ${name} is in ${from.where} and missing in ${to.where}`);

/** Both ways. */
export const difference = (one: Place, other: Place, what: string): readonly string[] => [
  ...missingFrom(one, other, what),
  ...missingFrom(other, one, what),
];
