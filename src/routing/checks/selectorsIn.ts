import * as z from 'zod';
import { labelOperator } from '../../jobRouter/inputs/selectors.ts';
import type { Selector } from '../../jobRouter/labelComparison.ts';
import { scalar } from '../../jobRouter/wire.ts';
import { entriesOf } from '../compare/shape.ts';

const selector = z.object({
  key: z.string(),
  labelOperator,
  value: scalar.optional(),
  expiresAfterSeconds: z.number().optional(),
});

/** Selectors that are asked for always: one that expires keeps nobody waiting for ever. What does not read is left out. */
export const selectorsIn = (value: unknown): readonly Selector[] =>
  entriesOf(value)
    .flatMap((entry) => selector.safeParse(entry).data ?? [])
    .filter(({ expiresAfterSeconds }) => expiresAfterSeconds === undefined);
