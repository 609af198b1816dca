/** The values of a setting that holds several, separated by commas or line breaks; none for an absent one. */
export const listFrom = (setting: string | undefined): readonly string[] =>
  (setting ?? '')
    .split(/[,\n]/)
    .map((value) => value.trim())
    .filter((value) => value !== '');
