import { entriesOf, membersOf } from '../compare/shape.ts';
import type { Flaw } from './checkDocument.ts';
import type { Everything } from './everything.ts';

/** Declared workers who could never be offered a job, or none by one of their channels as it stands there. */
export const uselessWorkers = ({ declared, of }: Everything): readonly Flaw[] =>
  declared.flatMap(({ kind, id, path }) => {
    const worker = kind === 'workers' ? of(kind).get(id) : undefined;
    if (worker === undefined) return [];
    const flaw = (place: readonly PropertyKey[], expected: string): Flaw => ({
      path: [...path, ...place],
      expected,
      about: [{ kind, id }],
    });
    const channels = entriesOf(worker.channels).map(membersOf);
    const names = channels.map(({ channelId }) => channelId);
    return [
      ...(entriesOf(worker.queues).length === 0
        ? [flaw([], 'expected a queue: without one the worker is offered nothing')]
        : []),
      ...(channels.length === 0
        ? [flaw([], 'expected a channel: without one the worker is offered nothing')]
        : []),
      ...names.flatMap((name, index) =>
        names.indexOf(name) < index
          ? [flaw(['channels', index, 'channelId'], 'expected each channel once')]
          : [],
      ),
      ...channels.flatMap(({ channelId, capacityCostPerJob: cost }, index) =>
        Number(cost) > Number(worker.capacity)
          ? [
              flaw(
                ['channels', index],
                `expected a cost within the capacity of ${Number(worker.capacity)}: no job of ${String(channelId)} is offered`,
              ),
            ]
          : [],
      ),
    ];
  });
