/**
 * Event Grid waits 30 s for an answer and then delivers again, whatever we are still doing. What remains of them
 * is for the start of the invocation and for the way back.
 */
const ANSWER_AFTER_MILLISECONDS = 25_000;

/** When the work on a delivery that arrives at `arrivedAt` must be over: every wait and every call in it. */
export const endOfAnswerWindow = (arrivedAt: Date): Date =>
  new Date(arrivedAt.getTime() + ANSWER_AFTER_MILLISECONDS);
