/**
 * Automation rules are data: who is answered for, and how a job is brought to its end. The first rule whose
 * `when` matches decides; where none matches, nothing is done.
 */
import * as z from 'zod';
import { labels } from '../jobRouter/wire.ts';

const oneOrMore = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

const condition = z.strictObject({
  /** The job's channel, one or several. */
  channel: oneOrMore.optional(),
  queue: oneOrMore.optional(),
  /** An exact priority, or a range with both ends included. */
  priority: z
    .union([z.int(), z.strictObject({ min: z.int().optional(), max: z.int().optional() })])
    .optional(),
  /** Labels that must all be there with exactly this value and JSON type. */
  jobLabels: labels.optional(),
  workerLabels: labels.optional(),
});
export type Condition = z.infer<typeof condition>;

/** One rule: whom it is about, and what is done by itself. */
export const automationRule = z.strictObject({
  name: z.string().min(1),
  when: condition.default({}),
  /** `shadow` says in the log what would have been done, and calls nothing. */
  accept: z.enum(['auto', 'shadow', 'never']).default('never'),
  complete: z.enum(['onAccept', 'byHand']).default('byHand'),
  /** Absent: closing is left to people. */
  close: z
    .strictObject({
      /** How long the worker's capacity stays taken after completion; kept by the router itself, as closeAt. */
      wrapUpSeconds: z.number().min(0).optional(),
      dispositionCode: z.string().min(1).optional(),
      note: z.string().min(1).optional(),
    })
    .optional(),
  /** Whether the job is deleted once it is closed or cancelled. */
  delete: z.boolean().default(false),
});
export type AutomationRule = z.infer<typeof automationRule>;

/** The rules in their order. A name tells rules apart in the log, so each stands once. */
export const automation = z
  .strictObject({ rules: z.array(automationRule) })
  .superRefine(({ rules }, context) => {
    const seen = new Set<string>();
    for (const [index, { name }] of rules.entries()) {
      if (seen.has(name)) {
        context.addIssue({
          code: 'custom',
          path: ['rules', index, 'name'],
          message: `Two rules are named "${name}"`,
        });
      }
      seen.add(name);
    }
  });
