/** One wrong setting: what is wrong, and what to write instead. Never holds a setting's value. */
export interface ConfigProblem {
  readonly setting: string;
  readonly problem: string;
  readonly fix: string;
}

/** What was read from the settings where nothing is wrong with any of it. */
export type Sound<Read> = {
  readonly [Name in keyof Read]: Exclude<Read[Name], ConfigProblem | readonly ConfigProblem[]>;
};

/** Everything that is wrong, in the order of what was read: each of it is a value, one problem or several. */
export const problemsAmong = (read: Readonly<Record<string, unknown>>): readonly ConfigProblem[] =>
  Object.values(read).flat().filter(isProblem);

/** Tells the problem with a setting from the setting's value. */
export const isProblem = (read: unknown): read is ConfigProblem =>
  typeof read === 'object' && read !== null && 'setting' in read && 'problem' in read && 'fix' in read;
