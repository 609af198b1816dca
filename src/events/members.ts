/** The members that several events share, each as leniently as the app can afford to read it. */
import * as z from 'zod';
import { idFrom } from '../jobRouter/ids.ts';

/**
 * Required: without it there is nothing to act on. It becomes part of an address, where "." and ".." would lead elsewhere
 * and half a character cannot be written at all.
 */
export const id = <AnyId extends string>() =>
  z
    .string()
    .min(1)
    .refine((text) => text !== '.' && text !== '..' && text.isWellFormed(), { error: 'expected an id' })
    .transform((text) => idFrom<AnyId>(text));

/** Something only rules and people look at: unreadable is as good as absent, and then the router is asked for it. */
export const readableOrAbsent = <Schema extends z.ZodType>(schema: Schema) =>
  schema.optional().catch(undefined);

/** Those items of a list that can be read; for lists that nothing is decided by. */
export const readableOnes = <Schema extends z.ZodType>(schema: Schema) =>
  readableOrAbsent(
    z.array(z.unknown()).transform((items) =>
      items.flatMap((item): z.infer<Schema>[] => {
        const read = schema.safeParse(item);
        return read.success ? [read.data] : [];
      }),
    ),
  );

/**
 * An object of whose members some have other names in other descriptions. Its own name comes first, then the others in
 * their order.
 */
export const spelt = <Schema extends z.ZodObject>(
  spellings: { readonly [Member in keyof z.infer<Schema>]?: readonly string[] },
  schema: Schema,
) =>
  z.preprocess((raw) => {
    if (!isObject(raw)) return raw;
    const renamed: Record<string, unknown> = { ...raw };
    for (const [name, others] of Object.entries<readonly string[] | undefined>(spellings)) {
      const told = [name, ...(others ?? [])].find((spelling) => isTold(raw, spelling));
      if (told !== undefined) renamed[name] = raw[told];
    }
    return renamed;
  }, schema);

/**
 * An event that asks nothing of the app: read for the log only, so whatever cannot be read of it is as good as absent.
 */
export const forTheLog = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((raw) => (isObject(raw) ? raw : {}), schema);

/** What rules look at, besides labels. */
export const channelId = readableOrAbsent(z.string().min(1));
export const queueId = readableOrAbsent(z.string().min(1));
export const jobPriority = readableOrAbsent(z.number());

/** Something a person may want to read in the log. */
export const text = readableOrAbsent(z.string().min(1));

/**
 * Values keep whatever JSON they came as. The typings say strings; live events carry numbers and booleans, and
 * nothing promises that null or an object never comes. A rule compares with a text, number or boolean, so
 * anything else simply matches no rule.
 */
export const labels = readableOrAbsent(z.record(z.string(), z.unknown()));

const isObject = (raw: unknown): raw is Readonly<Record<string, unknown>> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

const isTold = (raw: Readonly<Record<string, unknown>>, name: string): boolean =>
  Object.hasOwn(raw, name) && raw[name] !== null && raw[name] !== undefined;
