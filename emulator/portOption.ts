import { InvalidArgumentError } from 'commander';
import * as z from 'zod';

const LARGEST_PORT = 65_535;

/** Reads a TCP port from the command line; 0 takes a free one. */
export function portOption(text: string): number {
  const parsed = z.coerce
    .number()
    .int()
    .min(0)
    .max(LARGEST_PORT)
    .safeParse(text.trim() || undefined);
  if (!parsed.success) throw new InvalidArgumentError(`A port is a whole number from 0 to ${LARGEST_PORT}.`);
  return parsed.data;
}
