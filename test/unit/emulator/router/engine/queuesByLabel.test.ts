import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instantOf } from '../../../../../emulator/clock/instant.ts';
import { idFrom, type QueueId } from '../../../../../emulator/router/engine/ids.ts';
import type { QueueSelector } from '../../../../../emulator/router/engine/model/selectors.ts';
import type { Labels } from '../../../../../emulator/router/engine/model/values.ts';
import { createQueue, type Queue } from '../../../../../emulator/router/engine/queue.ts';
import { QueuesByLabel } from '../../../../../emulator/router/engine/queuesByLabel.ts';
import { satisfiesAll } from '../../../../../emulator/router/engine/selectors.ts';

const queueOf = (name: string, labels: Labels): Queue =>
  createQueue(
    idFrom(name),
    { name: undefined, distributionPolicyId: idFrom('policy'), labels, exceptionPolicyId: undefined },
    instantOf('2026-03-02T09:00:00Z'),
  );

const key = fc.constantFrom('region', 'tier');
const value = fc.constantFrom('NA', 'EU', 1, 2, true);
const labels = fc.dictionary(key, value);
const selector: fc.Arbitrary<QueueSelector> = fc.record({
  key,
  labelOperator: fc.constantFrom('equal', 'equal', 'notEqual', 'greaterThan'),
  value,
});
const change = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), labels: fc.option(labels) });

it('leads to the queue that looking at all of them would find, whatever was created, edited and deleted', () => {
  const changes = fc.array(change, { maxLength: 20, size: 'max' });
  fc.assert(
    fc.property(changes, fc.array(selector, { maxLength: 3 }), (all, selectors) => {
      const filed = new QueuesByLabel();
      const created = new Map<QueueId, Queue>();
      for (const { name, labels: written } of all) {
        const queue = queueOf(name, written ?? {});
        if (written) {
          filed.put(queue);
          created.set(queue.id, queue);
        } else {
          filed.remove(queue.id);
          created.delete(queue.id);
        }
        const fitting = [...created.values()].filter(({ content }) =>
          satisfiesAll(content.labels, selectors),
        );
        expect(filed.firstFitting(selectors)).toBe(fitting[0]?.id);
      }
    }),
    { seed: 20260302, numRuns: 300 },
  );
});
