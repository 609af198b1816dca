import type { HttpRequest } from '@azure/functions';
import type * as z from 'zod';
import { inputProblems } from '../input/inputProblems.ts';
import { messageOf } from '../input/messageOf.ts';
import { parseJson } from '../input/parseJson.ts';
import { readBytes } from '../input/readBytes.ts';
import type { Problem } from './problem.ts';

/** The longest body that is read. */
const BODY_LIMIT_BYTES = 1_000_000;

/** A value that was read, or the refusal to answer with. */
export type Read<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** The body as `schema` reads it, or why it cannot be. Its content type is not looked at, only its content. */
export async function readBody<Value>(
  request: Pick<HttpRequest, 'body'>,
  schema: z.ZodType<Value>,
): Promise<Read<Value>> {
  const json = await readJson(request);
  if (json.kind === 'problem') return json;
  const read = schema.safeParse(json.value);
  if (read.success) return { kind: 'read', value: read.data };
  return { kind: 'problem', problem: invalidBody(inputProblems(read.error, json.value)) };
}

/** The refusal of a body that is JSON and not what it has to be. */
export const invalidBody = (errors: NonNullable<Problem['errors']>): Problem => ({
  name: 'invalidBody',
  status: 400,
  detail:
    errors.length === 1
      ? 'One thing in the body is wrong.'
      : `${errors.length} things in the body are wrong.`,
  errors,
});

async function readJson(request: Pick<HttpRequest, 'body'>): Promise<Read<unknown>> {
  const text = await readTextBody(request);
  if (text.kind === 'problem') return text;
  const json = parseJson(text.value);
  if ('value' in json) return { kind: 'read', value: json.value };
  return notJson(text.value === '' ? 'The body is empty.' : json.notJson);
}

/** The body as text. It is UTF-8; other bytes are not guessed at. */
export async function readTextBody(request: Pick<HttpRequest, 'body'>): Promise<Read<string>> {
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

const notJson = (detail: string): { readonly kind: 'problem'; readonly problem: Problem } => ({
  kind: 'problem',
  problem: { name: 'notJson', status: 400, detail },
});
