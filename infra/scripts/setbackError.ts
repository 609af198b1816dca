/** A step that failed for a reason a person can do something about. */
export class SetbackError extends Error {
  override readonly name = 'SetbackError';
  /** What to do, as a sentence. */
  readonly fix: string;

  constructor(problem: string, fix: string, options?: ErrorOptions) {
    super(problem, options);
    this.fix = fix;
  }
}
