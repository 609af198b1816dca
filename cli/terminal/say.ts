/** What commands print: their results on stdout, everything that goes along with them on stderr. */
import { colorsFor } from '../../emulator/colors.ts';

/** Paints, or leaves texts as they are. */
export type Colors = ReturnType<typeof colorsFor>;

export const outColors = colorsFor(process.stdout);
export const errColors = colorsFor(process.stderr);

/** A result, or a line of one. */
export const say = (text: string): void => console.log(text);

/** What a person should know beside the result. */
export const remark = (text: string): void => console.error(text);

/** A result for programs. */
export const sayJson = (value: unknown): void => console.log(JSON.stringify(value, undefined, 2));
