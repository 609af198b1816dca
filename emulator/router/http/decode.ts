/** From what a client sent to what an operation works with, or the refusal that says what is wrong with it. */
import { z } from 'zod';
import { invalidMembers, notEmulated, Refusal } from './refusal.ts';

/** Under this name an issue carries the feature that is not emulated. */
const NOT_EMULATED = 'notEmulated';

/** A member whose absence or null is fine, and whose use is refused because the emulator cannot honour it. */
export const notYet = (feature: string) =>
  z
    .unknown()
    .refine((value) => value === undefined || value === null, { params: { [NOT_EMULATED]: feature } })
    .transform(() => undefined)
    .optional();

/**
 * A discriminator in today's spelling. Until late 2023 the service wrote `longest-idle`, and published samples,
 * the official quickstart among them, still do; so the old spelling is read as well.
 *
 * @param later the kinds the service knows and the emulator does not, each with the words to refuse it with
 */
export const kindOf = <const Kind extends string>(
  kinds: readonly Kind[],
  later: Readonly<Record<string, string>>,
) =>
  z
    .string()
    .transform((text) => text.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()))
    .superRefine((kind, { addIssue }) => {
      const feature = Object.hasOwn(later, kind) ? later[kind] : undefined;
      if (feature) addIssue({ code: 'custom', params: { [NOT_EMULATED]: feature }, continue: false });
    })
    .pipe(z.enum(kinds));

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object in which null says no more than absence: action options and the items of arrays. */
export const withoutNulls = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(
    (value) =>
      isObject(value)
        ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
        : value,
    schema,
  );

const featureOf = (issue: z.core.$ZodIssue): string | undefined => {
  const feature: unknown = issue.code === 'custom' ? issue.params?.[NOT_EMULATED] : undefined;
  return typeof feature === 'string' ? feature : undefined;
};

/** What `schema` makes of `input`. Throws a 501 for the first thing not emulated, else a 400 that lists all problems. */
export function decode<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const feature = result.error.issues.map(featureOf).find((found) => found !== undefined);
  if (feature) throw notEmulated(feature);
  throw invalidMembers(result.error.issues.map(({ path, message }) => ({ member: path.join('.'), message })));
}

const MERGE_PATCH = 'application/merge-patch+json';

const mediaTypeOf = (contentType: string | undefined): string | undefined =>
  contentType?.split(';', 1)[0]?.trim().toLowerCase();

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidMembers([{ member: '', message: `The body is not valid JSON: ${reason}` }]);
  }
}

/** The body of a PATCH. Where we guessed: another content type is 415, an empty body 400. */
export function mergePatch<Schema extends z.ZodType>(schema: Schema, bytes: Buffer, contentType?: string) {
  if (mediaTypeOf(contentType) !== MERGE_PATCH)
    throw new Refusal(415, `A PATCH has Content-Type ${MERGE_PATCH}, not ${contentType ?? 'none at all'}.`);
  if (bytes.length === 0) throw invalidMembers([{ member: '', message: 'A body is required.' }]);
  return decode(schema, jsonOf(bytes));
}

/**
 * The options of an action. All are optional and so is the body, whatever content type an empty one claims
 * (recorded). Where we guessed: a body that is not JSON by its content type is 415.
 */
export function actionOptions<Schema extends z.ZodType>(schema: Schema, bytes: Buffer, contentType?: string) {
  if (bytes.length === 0) return decode(schema, {});
  const mediaType = mediaTypeOf(contentType);
  if (mediaType !== undefined && !/^application\/([\w.+-]+\+)?json$/.test(mediaType))
    throw new Refusal(415, `A body has Content-Type application/json, not ${contentType}.`);
  return decode(schema, jsonOf(bytes));
}
