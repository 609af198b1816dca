/** From what a client sent to what an operation works with, or the refusal that says what is wrong with it. */

import * as z from 'zod';
import { parseJson } from '../../http/json.ts';
import { invalidMembers, Refusal } from './refusal.ts';

/**
 * A discriminator, or another closed word, in today's spelling. Until late 2023 the service wrote `longest-idle`,
 * `static-rule` or `azure-function-rule`, and published samples, the official quickstart among them, still do; so
 * the old spellings are read as well.
 */
function todaysSpelling(written: string): string {
  const camel = written.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const bare = camel.replace(/(?:Rule|(?:Queue|Worker)Selector)$/, '') || camel;
  return bare === 'azureFunction' ? 'function' : bare;
}

export const kindOf = <const Kind extends string>(kinds: readonly Kind[]) =>
  z.lazy(() => z.string().transform(todaysSpelling).pipe(z.enum(kinds)));

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const membersOf = (value: object) => Object.entries(value).filter(([, member]) => member !== null);

/** The members that a schema knows; of a union, those of all its shapes. */
function membersKnownTo(schema: z.core.$ZodType): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodLazy) return membersKnownTo(schema.unwrap());
  if (schema instanceof z.ZodDiscriminatedUnion) return schema.options.flatMap(membersKnownTo);
  return schema instanceof z.ZodPipe ? [schema.in, schema.out].flatMap(membersKnownTo) : [];
}

/**
 * Reads the members of an object in any case, as the service does. (Recorded: `ChannelReference`, which is how .NET
 * writes the member of an anonymous object.) As the two below, it makes the schema when something is first read by it:
 * all of them together are 7 MB and a third of the emulator's start.
 */
export const inAnyCase = <Schema extends z.ZodType>(schema: () => Schema) =>
  z.lazy(() => {
    const made = schema();
    const names = membersKnownTo(made);
    const known = new Set(names);
    const byLowerCase = new Map(names.map((name) => [name.toLowerCase(), name]));
    const spelled = (name: string) =>
      known.has(name) ? name : (byLowerCase.get(name.toLowerCase()) ?? name);
    return z.preprocess((value) => {
      if (!isObject(value) || Object.keys(value).every((name) => spelled(name) === name)) return value;
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [spelled(name), member]));
    }, made);
  });

/**
 * An object whose members may have any name, as those of labels and tags. In JSON `__proto__` is a name like any other,
 * and zod's own record leaves it out.
 */
export const membersOfAnyName = <Schema extends z.ZodType>(value: Schema) =>
  z.preprocess(
    (input) => (isObject(input) ? new Map(Object.entries(input)) : input),
    z
      .map(z.string(), value, { error: 'Invalid input: expected an object' })
      .transform((members) => Object.fromEntries(members)),
  );

/** An object in which null says no more than absence: action options and the items of arrays. */
export const withoutNulls = <Schema extends z.ZodType>(schema: () => Schema) =>
  inAnyCase(() =>
    z.preprocess((value) => (isObject(value) ? Object.fromEntries(membersOf(value)) : value), schema()),
  );

/** As `withoutNulls`, for one of several shapes that the member `kind` tells apart. */
export const byKind = <Schema extends z.ZodType>(schema: () => Schema) =>
  withoutNulls(() =>
    z.preprocess(
      (value) =>
        isObject(value) && 'kind' in value && typeof value.kind === 'string'
          ? { ...value, kind: todaysSpelling(value.kind) }
          : value,
      schema(),
    ),
  );

/** `exceptionRules[0].trigger.kind` */
const memberAt = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((member, step) => {
    if (typeof step === 'number') return `${member}[${step}]`;
    return member === '' ? String(step) : `${member}.${String(step)}`;
  }, '');

/** What `schema` makes of `input`. Throws a 400 that lists all problems. */
export function decode<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw invalidMembers(result.error.issues.map(({ path, message }) => ({ member: memberAt(path), message })));
}

const MERGE_PATCH = 'application/merge-patch+json';

const mediaTypeOf = (contentType: string | undefined): string | undefined =>
  contentType?.split(';', 1)[0]?.trim().toLowerCase();

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function jsonOf(bytes: Buffer): unknown {
  try {
    return parseJson(UTF8.decode(bytes));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidMembers([{ member: '', message: `The body is not valid JSON: ${reason}` }]);
  }
}

/** The body of a PATCH. Where we guessed: another content type is 415, an empty body 400. */
export function mergePatch<Schema extends z.ZodType>(schema: Schema, bytes: Buffer, contentType?: string) {
  if (mediaTypeOf(contentType) !== MERGE_PATCH)
    throw new Refusal(415, `A PATCH has Content-Type ${MERGE_PATCH}, not ${contentType || 'none at all'}.`);
  if (bytes.length === 0) throw invalidMembers([{ member: '', message: 'A body is required.' }]);
  return decode(schema, jsonOf(bytes));
}

/**
 * The options of an action. All are optional and so is the body, whatever content type an empty one claims
 * (recorded). Where we guessed: `null` asks for nothing either, and a body that is not JSON by its content type is 415.
 */
export function actionOptions<Schema extends z.ZodType>(schema: Schema, bytes: Buffer, contentType?: string) {
  if (bytes.length === 0) return decode(schema, {});
  const mediaType = mediaTypeOf(contentType);
  if (mediaType !== undefined && !/^application\/([\w.+-]+\+)?json$/.test(mediaType))
    throw new Refusal(415, `A body has Content-Type application/json, not ${contentType}.`);
  return decode(schema, jsonOf(bytes) ?? {});
}
