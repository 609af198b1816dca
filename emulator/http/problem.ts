/** The statuses with which a request is refused before any route has seen it, or by a control route. */
export type ProblemStatus = 400 | 404 | 409 | 413 | 414;

/** What is wrong with a request. Thrown anywhere while it is answered; its surface puts it into words of its own. */
export class RequestProblem extends Error {
  override readonly name: string = 'RequestProblem';
  readonly status: ProblemStatus;
  readonly code: string;

  constructor(status: ProblemStatus, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
