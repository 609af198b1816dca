/** The members that several events share, each as leniently as the app can afford to read it. */
import * as z from 'zod';
import { idFrom } from '../jobRouter/ids.ts';

/** Required: without it there is nothing to act on. */
export const id = <AnyId extends string>() =>
  z
    .string()
    .min(1)
    .transform((text) => idFrom<AnyId>(text));

/** Something only rules look at: unreadable is as good as absent, and then the router is asked for it. */
export const readableOrAbsent = <Schema extends z.ZodType>(schema: Schema) =>
  schema.optional().catch(undefined);

/** What rules look at, besides labels. */
export const channelId = readableOrAbsent(z.string().min(1));
export const queueId = readableOrAbsent(z.string().min(1));
export const jobPriority = readableOrAbsent(z.number());

/**
 * Values keep whatever JSON they came as. The typings say strings; live events carry numbers and booleans, and
 * nothing promises that null or an object never comes. A rule compares with a text, number or boolean, so
 * anything else simply matches no rule.
 */
export const labels = readableOrAbsent(z.record(z.string(), z.unknown()));
