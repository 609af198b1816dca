/** The values of a setting that holds several, separated by commas; none for an absent one. */
export const listFrom = (setting: string | undefined): readonly string[] =>
  (setting ?? '')
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
