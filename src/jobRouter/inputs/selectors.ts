/** Selectors: what the labels of a queue or a worker have to be. */
import * as z from 'zod';
import { scalar } from '../wire.ts';

/** How a label is compared with the value of a selector. */
export const labelOperator = z.enum([
  'equal',
  'notEqual',
  'lessThan',
  'lessThanOrEqual',
  'greaterThan',
  'greaterThanOrEqual',
]);
export type LabelOperator = z.infer<typeof labelOperator>;

const key = z
  .string()
  .min(1)
  .describe('The label. Every queue and every worker has one named Id, its own id.');
const value = scalar.optional().describe('What the label is compared with; 10 is not "10".');

/** A condition on a queue's labels. */
export const queueSelectorInput = z.strictObject({ key, labelOperator, value }).meta({ id: 'QueueSelector' });
export type QueueSelectorInput = z.infer<typeof queueSelectorInput>;

/** For how long a selector counts. */
export const selectorLife = z
  .number()
  .positive()
  .optional()
  .describe('Seconds after which the selector is no longer asked for. Absent: it always is.');

/** A condition on a worker's labels. */
export const workerSelectorInput = z
  .strictObject({
    key,
    labelOperator,
    value,
    expiresAfterSeconds: selectorLife,
    expedite: z
      .boolean()
      .optional()
      .describe('Whether the job goes before all others while the selector counts. Default: false.'),
  })
  .meta({ id: 'WorkerSelector' });
export type WorkerSelectorInput = z.infer<typeof workerSelectorInput>;
