import { todaysKind } from '../../jobRouter/inputs/kind.ts';

/** A kind in the spelling of 2023-11-01, whatever else it is. */
export const todaysSpelling = (written: unknown): unknown =>
  typeof written === 'string' ? todaysKind(written) : written;
