import type { HttpRequest } from '@azure/functions';
import type * as z from 'zod';
import { type InputProblem, inputProblems, pointerTo } from '../input/inputProblems.ts';
import { messageOf } from '../input/messageOf.ts';
import { parseJson } from '../input/parseJson.ts';
import { readBytes } from '../input/readBytes.ts';
import { sizeProblem } from '../input/text/limits.ts';
import { scanJson } from '../input/text/scanJson.ts';
import type { Problem } from './problem.ts';

/** The longest body that is read. */
const BODY_LIMIT_BYTES = 1_000_000;

/** A value that was read, or the refusal to answer with. */
export type Read<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** The body as `schema` reads it, or why it cannot be. Its content type is not looked at, only its content. */
export async function readBody<Value>(
  request: Pick<HttpRequest, 'body' | 'headers'>,
  schema: z.ZodType<Value>,
): Promise<Read<Value>> {
  const json = await readJsonBody(request);
  return json.kind === 'problem' ? json : readAs(schema, json.value);
}

/** The same where the body may be left out, which says as much as an empty object. */
export async function readOptionalBody<Value>(
  request: Pick<HttpRequest, 'body' | 'headers'>,
  schema: z.ZodType<Value>,
): Promise<Read<Value>> {
  const text = await readTextBody(request);
  if (text.kind === 'problem') return text;
  const json = text.value.trim() === '' ? ({ kind: 'read', value: {} } as const) : readJson(text.value);
  return json.kind === 'problem' ? json : readAs(schema, json.value);
}

function readAs<Value>(schema: z.ZodType<Value>, value: unknown): Read<Value> {
  const read = schema.safeParse(value);
  if (read.success) return { kind: 'read', value: read.data };
  return { kind: 'problem', problem: invalidBody(inputProblems(read.error, value)) };
}

/** A short body can be wrong in very many places. */
const MOST_ERRORS = 100;

/** The refusal of a body that is JSON and not what it has to be. */
export function invalidBody(errors: NonNullable<Problem['errors']>): Problem {
  const count =
    errors.length === 1 ? 'One thing in the body is wrong' : `${errors.length} things in the body are wrong`;
  const isCut = errors.length > MOST_ERRORS;
  return {
    name: 'invalidBody',
    status: 400,
    detail: isCut ? `${count}; the first ${MOST_ERRORS} are named.` : `${count}.`,
    errors: errors.slice(0, MOST_ERRORS),
  };
}

/** The body as the data that it stands for, whatever that is: neither too deep nor with members that would be lost. */
export async function readJsonBody(request: Pick<HttpRequest, 'body' | 'headers'>): Promise<Read<unknown>> {
  const text = await readTextBody(request);
  return text.kind === 'problem' ? text : readJson(text.value);
}

function readJson(text: string): Read<unknown> {
  const json = parseJson(text);
  if (!('value' in json)) return text.trim() === '' ? emptyBody : notJson(json.notJson);
  const problem = sizeProblem(json.value);
  const errors = problem === undefined ? repeatedMembers(text) : [inBody(problem.path, problem.expected)];
  return errors.length === 0
    ? { kind: 'read', value: json.value }
    : { kind: 'problem', problem: invalidBody(errors) };
}

/** Of two members with one name the parser takes the last; whoever looked at the first has seen another request. */
function repeatedMembers(text: string): InputProblem[] {
  const errors: InputProblem[] = [];
  scanJson(text, { repeatedMember: (path) => errors.push(inBody(path, 'expected each member once')) });
  return errors;
}

const inBody = (path: readonly PropertyKey[], detail: string): InputProblem => ({
  pointer: pointerTo(path),
  detail,
});

/** The body as text. It is UTF-8 and as it is; neither other bytes nor encodings are guessed at. */
export async function readTextBody(request: Pick<HttpRequest, 'body' | 'headers'>): Promise<Read<string>> {
  const coding = request.headers.get('content-encoding')?.trim() ?? '';
  if (!/^(?:identity)?$/i.test(coding)) return { kind: 'problem', problem: encodedBody };
  const bytes = await readBytes(request.body, BODY_LIMIT_BYTES);
  if (bytes === undefined) {
    const detail = `A body may have ${BODY_LIMIT_BYTES} bytes, and this one has more.`;
    return { kind: 'problem', problem: { name: 'bodyTooLarge', status: 413, detail } };
  }
  try {
    return { kind: 'read', value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (problem) {
    return notJson(messageOf(problem));
  }
}

/** A short body may unfold to a very long one, and no client compresses unasked. */
const encodedBody: Problem = {
  name: 'encodedBody',
  status: 415,
  detail: 'A body is read as it is. Send it without Content-Encoding.',
};

const notJson = (detail: string): { readonly kind: 'problem'; readonly problem: Problem } => ({
  kind: 'problem',
  problem: { name: 'notJson', status: 400, detail },
});

/** The refusal of a body that says nothing. */
export const emptyBody = notJson('The body is empty.');
