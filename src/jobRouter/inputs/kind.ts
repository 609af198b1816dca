/**
 * Discriminators. Until late 2023 the service wrote `longest-idle`, `static-rule` or `azure-function-rule`, and
 * published samples, the official quickstart among them, still do; so the old spellings are read as today's.
 */
import * as z from 'zod';

/** A discriminator in today's spelling; the endings are those that its previews put behind it. */
export const kind = <const Today extends string>(today: Today, ...oldEndings: readonly string[]) => {
  const dashed = today.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const [first, ...others] = [dashed, ...oldEndings.map((ending) => `${dashed}-${ending}`)].filter(
    (spelling) => spelling !== today,
  );
  const spelling =
    first === undefined
      ? z.literal(today)
      : z.union([z.literal(today), z.enum([first, ...others]).meta({ deprecated: true })]);
  return spelling.transform((): Today => today);
};

/** What to say of a `kind` that is none of `kinds`. */
export const oneOfKinds = (...kinds: readonly string[]) => ({
  error: ({ code }: { readonly code?: string | undefined }) =>
    code === 'invalid_union' ? `expected one of ${kinds.map((name) => `"${name}"`).join(', ')}` : undefined,
});

/** Today's spelling of a kind that was written by anybody, in any year. */
export function todaysKind(written: string): string {
  const camel = written.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const bare = camel.replace(/(?:Rule|(?:Queue|Worker)Selector)$/, '') || camel;
  return bare === 'azureFunction' ? 'function' : bare;
}
