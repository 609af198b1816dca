import { todaysKind } from '../../jobRouter/inputs/kind.ts';

/** A kind, or another closed word, in today's spelling; whatever is no text is left alone. */
export const todaysSpelling = (written: unknown): unknown =>
  typeof written === 'string' ? todaysKind(written) : written;
