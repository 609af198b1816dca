import { describe, expect, it } from 'vitest';
import type { DeliveryFault } from '../../../../emulator/eventGrid/faults.ts';
import { answer, subscribedWorld } from '../../../support/eventGridWorld.ts';
import { FACTS } from '../../../support/routerFacts.ts';

const SECOND = 1000;

/** Publishes one event per fault, at once, and tells which of them arrived, in order, counted from 1. */
async function arrivals(faults: readonly (DeliveryFault | undefined)[], { after = 0 } = {}) {
  const planned = [...faults];
  const world = await subscribedWorld(() => answer(200), {}, { beforeDelivery: () => planned.shift() });
  for (const _ of faults) world.eventGrid.publish(FACTS.JobClosed);
  await world.clock.advance(after);
  const ids = world.eventGrid.events().map(({ id }) => id);
  const arrived = () =>
    world.notifications().map(({ headers }) => 1 + ids.indexOf(headers['aeg-output-event-id'] ?? ''));
  return { world, arrived };
}

describe('a disturbed delivery', () => {
  it.each<[string, readonly (DeliveryFault | undefined)[], readonly number[]]>([
    ['arrives as ever when nothing is done to it', [undefined, undefined], [1, 2]],
    ['never arrives when it is dropped', [{ kind: 'drop' }, undefined], [2]],
    ['arrives twice when it is duplicated', [{ kind: 'duplicate' }, undefined], [1, 1, 2]],
    [
      'arrives after the next one when it is reordered',
      [{ kind: 'reorder', behind: 1 }, undefined, undefined],
      [2, 1, 3],
    ],
    [
      'arrives after as many later ones as it is to wait for',
      [{ kind: 'reorder', behind: 2 }, undefined, undefined],
      [2, 3, 1],
    ],
    [
      'is overtaken once only',
      [{ kind: 'reorder', behind: 1 }, { kind: 'reorder', behind: 1 }, undefined],
      [2, 1, 3],
    ],
    ['is not there yet when it is delayed', [{ kind: 'delay', milliseconds: 500 }, undefined], [2]],
  ])('%s', async (_, faults, expected) => {
    const { arrived } = await arrivals(faults);
    expect(arrived()).toEqual(expected);
  });

  it('arrives after its delay', async () => {
    const { arrived } = await arrivals([{ kind: 'delay', milliseconds: 500 }, undefined], { after: 500 });
    expect(arrived()).toEqual([2, 1]);
  });

  it('arrives in the end when nothing comes to overtake it', async () => {
    const { world, arrived } = await arrivals([{ kind: 'reorder', behind: 1 }]);
    expect(arrived()).toEqual([]);
    await world.clock.advance(5 * SECOND);
    expect(arrived()).toEqual([1]);
  });

  it('is forgotten when Event Grid closes', async () => {
    const { world, arrived } = await arrivals([
      { kind: 'delay', milliseconds: 1 },
      { kind: 'reorder', behind: 1 },
    ]);
    await world.eventGrid.close();
    await world.clock.advance(5 * SECOND);
    expect(arrived()).toEqual([]);
    expect(world.clock.nextDue()).toBeUndefined();
  });
});
