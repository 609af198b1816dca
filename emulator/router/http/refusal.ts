/** The statuses this surface refuses with, and the code each has in the error body. */
const CODES = {
  400: 'BadRequest',
  401: 'Unauthorized',
  404: 'NotFound',
  409: 'Conflict',
  412: 'PreconditionFailed',
  413: 'RequestEntityTooLarge',
  414: 'UriTooLong',
  415: 'UnsupportedMediaType',
  // Where we guessed: the name is documented, that it stands here is not.
  429: 'ThrottleLimitExceededException',
  431: 'RequestHeaderFieldsTooLarge',
  500: 'InternalServerError',
  501: 'NotImplemented',
  503: 'ServiceUnavailable',
} as const;

export type RefusalStatus = keyof typeof CODES;

export interface RefusalDetail {
  readonly code: string;
  readonly message: string;
}

/**
 * A request that gets an error body instead of an answer. Thrown anywhere below a route, caught in one place
 * (server.ts): at this edge a refusal ends the request wherever it is noticed.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: RefusalStatus;
  readonly details: readonly RefusalDetail[];
  /** Sent as Retry-After. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: RefusalStatus,
    message: string,
    details: readonly RefusalDetail[] = [],
    retryAfterSeconds?: number,
  ) {
    super(message);
    this.status = status;
    this.details = details;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get code(): string {
    return CODES[this.status];
  }
}

/** The text above the details of every recorded 400. */
const VALIDATION_FAILED = 'One or more validation errors occurred.';

/** A 400 that lists its reasons, as the service lists those it has. */
export const validationRefusal = (details: readonly RefusalDetail[]): Refusal =>
  new Refusal(400, VALIDATION_FAILED, details);

/**
 * The refusal of a member of a request that is wrong in itself. Where we guessed: no such answer was ever
 * recorded; the envelope is that of the recorded 400s, the detail's code is ours.
 */
export const invalidMembers = (
  problems: readonly { readonly member: string; readonly message: string }[],
): Refusal =>
  validationRefusal(
    problems.map(({ member, message }) => ({
      code: 'InvalidMember',
      message: member === '' ? message : `${member}: ${message}`,
    })),
  );

/** Too many requests. Where we guessed: the text, and that Retry-After is sent. */
export const throttled = (retryAfterSeconds: number): Refusal =>
  new Refusal(429, 'The request rate limit of the resource was exceeded.', [], retryAfterSeconds);

/** The refusal of what is none of the operations here. Never a plausible success. */
export const notEmulated = (feature: string): Refusal =>
  new Refusal(501, `The emulator has no operation ${feature}.`);

/** The body of a refused request: recorded envelope, `details` absent when there are none. */
export const errorBody = (refusal: Refusal, path: string): object => ({
  communicationError: {
    code: refusal.code,
    message: refusal.message,
    target: path,
    ...(refusal.details.length > 0 && { details: refusal.details }),
  },
});
