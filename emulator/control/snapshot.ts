/** A router as one JSON document, to be kept anywhere and loaded into any emulator of the same making. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { faultsIn } from '../http/faultsIn.ts';
import { RequestProblem } from '../http/problem.ts';
import { fromPlain, toPlain } from '../journal/plainData.ts';
import type { RouterState } from '../router/journal.ts';

const FORMAT = 1;

const snapshotDocument = z.lazy(() =>
  z.object({
    format: z.literal(FORMAT, { error: 'is not a snapshot of this version of the emulator' }),
    takenAt: z.string(),
    checksum: z.string(),
    // As it came: the order of its members is part of what the checksum is about.
    state: z.unknown(),
  }),
);

const stateData = z.custom<RouterState>(
  (value) => typeof value === 'object' && value !== null && 'engine' in value,
);

const checksumOf = (plainState: unknown): string =>
  createHash('sha256').update(JSON.stringify(plainState)).digest('hex');

export function snapshotOf(state: RouterState): object {
  const plainState = toPlain(state);
  return {
    format: FORMAT,
    takenAt: new Date(state.at).toISOString(),
    checksum: checksumOf(plainState),
    state: plainState,
  };
}

/** The checksum proves that the state is one we wrote, so that its shape need not be looked at again. */
export function stateIn(document: unknown): RouterState {
  const parsed = snapshotDocument.safeParse(document);
  if (!parsed.success) throw new RequestProblem(400, 'InvalidSnapshot', faultsIn(parsed.error));
  if (checksumOf(parsed.data.state) !== parsed.data.checksum) {
    throw new RequestProblem(400, 'InvalidSnapshot', 'The snapshot was cut or changed after it was taken.');
  }
  return stateData.parse(fromPlain(parsed.data.state));
}
