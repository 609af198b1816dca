/** What is said about an endpoint beyond what the endpoint says of itself. Nothing here is deployed as code. */
import type {
  ZodObjectInput,
  ZodOpenApiHeadersObject,
  ZodOpenApiMediaTypeObject,
  ZodOpenApiRequestBodyObject,
  ZodOpenApiResponseObject,
} from 'zod-openapi';
import type { ProblemName } from '../src/http/problem.ts';

/** The groups in which operations are shown, in their order. */
export const tags = {
  Jobs: 'Submit jobs, follow them, and step in.',
  Workers: 'See workers, change them, and act as one.',
  Queues: 'How much waits, and for how long.',
  Routing: 'The routing document: what it would change, what it changes, what there is.',
  'Parked events': 'What no repetition will mend, for administrators.',
  App: 'The app itself.',
  'Event Grid': 'The door for subscriptions that deliver to a webhook.',
} as const;

/** A problem that comes with this status here, whatever it comes with elsewhere. */
export type OneStatus = readonly [problem: ProblemName, status: number];

/** One operation in words. */
export interface Operation {
  readonly tag: keyof typeof tags;
  /** A line in the imperative. */
  readonly summary: string;
  /** Markdown. */
  readonly description?: string;
  readonly path?: ZodObjectInput;
  readonly query?: ZodObjectInput;
  readonly header?: ZodObjectInput;
  readonly body?: ZodOpenApiRequestBodyObject;
  /** What it answers when nothing is wrong, by status. */
  readonly answers: Readonly<Record<`${2 | 3}${string}`, ZodOpenApiResponseObject>>;
  /** What else it may be wrong with. Those that everything may be are added. */
  readonly problems?: readonly (ProblemName | OneStatus)[];
  /** Whose trouble it shares. */
  readonly asks?: 'nobody' | 'router' | 'storage';
}

type Schema = NonNullable<ZodOpenApiMediaTypeObject['schema']>;

/** An answer in JSON. */
export const json = (
  description: string,
  schema: Schema,
  more: { readonly headers?: ZodOpenApiHeadersObject; readonly example?: unknown } = {},
): ZodOpenApiResponseObject => ({
  description,
  ...(more.headers && { headers: more.headers }),
  content: {
    'application/json': { schema, ...(more.example !== undefined && { example: more.example }) },
  },
});

/** A body that may be left out, for the defaults of everything in it. */
export const optionalBody = (schema: Schema, example: object): ZodOpenApiRequestBodyObject => ({
  required: false,
  content: { 'application/json': { schema, example } },
});
