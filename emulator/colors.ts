import { createColors } from 'picocolors';

/**
 * Colours for a person at a terminal, and none for a pipe or a file. The library by itself also colours the output
 * of CI runs, and a program that reads it there would trip over the codes.
 */
export const colors = createColors(process.stdout.isTTY === true && !process.env.NO_COLOR);
