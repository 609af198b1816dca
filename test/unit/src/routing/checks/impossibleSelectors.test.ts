/** The check held against the matcher of the emulated router: it may be silent where nobody fits, and never the other way round. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LabelOperator, WorkerSelector } from '../../../../../emulator/router/engine/model/selectors.ts';
import { satisfiesAll } from '../../../../../emulator/router/engine/selectors.ts';
import { checkDocument } from '../../../../../src/routing/checks/checkDocument.ts';

const operators: readonly LabelOperator[] = [
  'equal',
  'notEqual',
  'lessThan',
  'lessThanOrEqual',
  'greaterThan',
  'greaterThanOrEqual',
];
const scalar = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom('a', 'b', '1'), fc.boolean());
const channelId = fc.constantFrom('voice', 'chat');
const queueId = fc.constantFrom('q0', 'q1');

const worker = fc.record({
  queues: fc.subarray(['q0', 'q1']),
  capacity: fc.constantFrom(1, 5),
  labels: fc.dictionary(fc.constantFrom('A', 'B'), scalar),
  channels: fc.array(fc.record({ channelId, capacityCostPerJob: fc.constantFrom(0, 1, 3) }), {
    maxLength: 2,
  }),
});
const selector = fc.record(
  {
    key: fc.constantFrom('A', 'B', 'Id'),
    labelOperator: fc.constantFrom(...operators),
    value: fc.oneof(scalar, fc.constantFrom('w0', 'w1')),
    expiresAfterSeconds: fc.constant(30),
  },
  { requiredKeys: ['key', 'labelOperator'] },
);
const job = fc.record({ channelId, queueId, requestedWorkerSelectors: fc.array(selector, { maxLength: 3 }) });
const bypasses = fc.record({ q0: fc.boolean(), q1: fc.boolean() });

const withIds = <Item extends object>(prefix: string, items: readonly Item[]) =>
  items.map((item, index) => ({ id: `${prefix}${index}`, ...item }));

const documents = fc
  .record({
    workers: fc.array(worker, { maxLength: 4 }),
    jobs: fc.array(job, { minLength: 1, maxLength: 4 }),
    bypasses,
  })
  .map(({ workers, jobs, bypasses }) => ({
    distributionPolicies: [true, false].map((bypassSelectors) => ({
      id: String(bypassSelectors),
      offerExpiresAfterSeconds: 1,
      mode: { kind: 'longestIdle', bypassSelectors },
    })),
    queues: Object.entries(bypasses).map(([id, bypass]) => ({ id, distributionPolicyId: String(bypass) })),
    workers: withIds('w', workers),
    jobs: withIds('j', jobs),
    bypasses,
  }));

type Document = typeof documents extends fc.Arbitrary<infer Value> ? Value : never;

/** Whether the router could ever offer the job to the worker: its rule, in the emulator's own words. */
function couldBeOffered(
  document: Document,
  asked: Document['jobs'][number],
  held: Document['workers'][number],
): boolean {
  const serves = held.channels.some(
    ({ channelId, capacityCostPerJob }) =>
      channelId === asked.channelId && capacityCostPerJob <= held.capacity,
  );
  const selectors: readonly WorkerSelector[] = asked.requestedWorkerSelectors
    .filter(({ expiresAfterSeconds }) => expiresAfterSeconds === undefined)
    .map((one) => ({ ...one, expedite: false, status: 'active' }));
  const isBypassed = asked.queueId === 'q0' ? document.bypasses.q0 : document.bypasses.q1;
  return (
    held.queues.includes(asked.queueId) &&
    serves &&
    (isBypassed || satisfiesAll({ ...held.labels, Id: held.id }, selectors))
  );
}

it('a job that some worker could be offered is never called impossible; one that a full queue cannot serve always is', () => {
  let [possible, impossible] = [0, 0];
  fc.assert(
    fc.property(documents, (document) => {
      const accused = new Set(checkDocument(document).problems.map(({ path }) => path[1]));
      for (const [index, asked] of document.jobs.entries()) {
        const colleagues = document.workers.filter(({ queues }) => queues.includes(asked.queueId));
        const isPossible = colleagues.some((held) => couldBeOffered(document, asked, held));
        if (isPossible) possible += 1;
        else if (colleagues.length > 0) impossible += 1;
        if (isPossible) expect(accused).not.toContain(index);
        else if (colleagues.length > 0) expect(accused).toContain(index);
      }
    }),
    { seed: 20_260_302, numRuns: 1_000 },
  );
  expect(Math.min(possible, impossible)).toBeGreaterThan(300);
});
