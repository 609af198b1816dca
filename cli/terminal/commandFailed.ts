/** One of several things that are wrong. */
export interface Fault {
  /** Where: a place in a file, a resource. */
  readonly place: string;
  readonly detail: string;
}

/** What a person is told when a command cannot do what it was asked. */
export interface Failure {
  readonly message: string;
  /** What to do about it. */
  readonly fix?: string;
  readonly faults?: readonly Fault[];
}

/** Ends a command with exit code 1, in words for whoever typed it. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}
