import * as z from 'zod';
import { jobStatuses } from '../jobRouter/jobStatuses.ts';
import { readableOrAbsent } from './members.ts';

const byName = new Map(jobStatuses.map((status) => [status.toLowerCase(), status]));

/**
 * The status of a job as an event tells it: a name in any case, or a number.
 *
 * Where we guessed: a tool made for live events reads a number, and nobody has published what the numbers mean. They
 * are taken for places in the published list, from 0.
 */
export const jobStatus = readableOrAbsent(
  z.union([
    z.string().transform((name) => byName.get(name.toLowerCase())),
    z.int().transform((place) => jobStatuses[place]),
  ]),
);
