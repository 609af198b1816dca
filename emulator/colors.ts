import { createColors } from 'picocolors';

/**
 * Colours for a person at a terminal, and none for a pipe or a file. The library by itself also colours the output
 * of CI runs, and a program that reads it there would trip over the codes. NO_COLOR and FORCE_COLOR, set to anything, go
 * before that, in this order.
 */
export const colorsFor = ({ isTTY }: { readonly isTTY?: boolean }): ReturnType<typeof createColors> =>
  createColors(!process.env.NO_COLOR && (Boolean(process.env.FORCE_COLOR) || isTTY === true));

/** Of what is printed as the result. */
export const colors = colorsFor(process.stdout);
