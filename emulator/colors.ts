import { createColors } from 'picocolors';

/** As Node reads it: set to anything but 0 or false, it asks for colours wherever they go, and goes before NO_COLOR. */
function isForced(environment: NodeJS.ProcessEnv): boolean | undefined {
  const { FORCE_COLOR } = environment;
  return FORCE_COLOR ? !['0', 'false'].includes(FORCE_COLOR) : undefined;
}

/**
 * Colours for a person at a terminal, and none for a pipe or a file. The library by itself also colours the output
 * of CI runs, and a program that reads it there would trip over the codes.
 */
export const colorsFor = (
  { isTTY = false }: { readonly isTTY?: boolean },
  environment: NodeJS.ProcessEnv = process.env,
): ReturnType<typeof createColors> =>
  createColors(isForced(environment) ?? (isTTY && !environment.NO_COLOR && environment.TERM !== 'dumb'));

/** Of what is printed as the result. */
export const colors = colorsFor(process.stdout);
