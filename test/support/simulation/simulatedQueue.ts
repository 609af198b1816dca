import { secondsAfter } from '../../../emulator/clock/instant.ts';
import type { Deferral, Deferrals } from '../../../src/deferral/deferral.ts';
import type { SimulatedTime } from './simulatedTime.ts';

/** A message that was not settled is visible again after this long. */
const VISIBLE_AGAIN_SECONDS = 60;

/** The storage queue of what is put off: hands each message over when it is due, until it has been settled. */
export function simulatedQueue(
  { emulator }: SimulatedTime,
  settle: (deferral: Deferral) => Promise<'settled' | 'lost'>,
): Deferrals {
  const handOver = async (deferral: Deferral): Promise<void> => {
    if ((await settle(deferral)) === 'settled') return;
    emulator.at(secondsAfter(emulator.now(), VISIBLE_AGAIN_SECONDS), () => handOver(deferral));
  };
  return {
    async put(deferral, notBefore) {
      const delay = Math.max(0, (notBefore.getTime() - emulator.now()) / 1000);
      emulator.at(secondsAfter(emulator.now(), delay), () => handOver(deferral));
      return { kind: 'kept' };
    },
  };
}
