/**
 * Automation rules are data: who is answered for, how a job is brought to its end, and which workers are brought
 * back. The first rule whose `when` matches decides; where none matches, nothing is done.
 */
import * as z from 'zod';
import { transportOf } from '../jobRouter/endpoint.ts';
import { resourceId } from '../jobRouter/wire.ts';
import { businessHours } from './businessHours.ts';
import { labelConditions } from './labelConditions.ts';

const oneOrMore = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
  error: 'expected an id, or a list of ids',
});

const condition = z.strictObject({
  /** The job's channel, one or several. */
  channel: oneOrMore.optional(),
  queue: oneOrMore.optional(),
  /** An exact priority, or a range with both ends included. */
  priority: z
    .union([z.int(), z.strictObject({ min: z.int().optional(), max: z.int().optional() })], {
      error: 'expected a whole number, or {"min":…,"max":…} with whole numbers',
    })
    .optional(),
  /** Labels that must all be as said. */
  jobLabels: labelConditions.optional(),
  workerLabels: labelConditions.optional(),
  /** When the rule applies, by the clock on the wall there. */
  hours: businessHours.optional(),
});
export type Condition = z.infer<typeof condition>;

/** Storage queues keep a message hidden for at most seven days. */
const LONGEST_DELAY_SECONDS = 7 * 24 * 3600;

/** The work that is asked of somebody's HTTP endpoint after accept; a 2xx answer completes the assignment. */
const work = z.strictObject({
  url: z.url().refine((url) => typeof transportOf(url) === 'string', {
    error: 'expected https, or plain HTTP to this machine',
  }),
  /** How long the endpoint may take. Beyond 20 s the work is done from a queue and not while Event Grid waits. */
  timeoutSeconds: z.number().min(1).max(240).default(10),
  /** What becomes of the assignment when the work fails for good. */
  onFailure: z.enum(['unassign', 'leave']).default('leave'),
});
export type Work = z.infer<typeof work>;

/** What is done for a job that does not move by itself. */
const rescue = z.strictObject({
  /** Whether a job that waits for activation is queued. */
  activate: z.boolean().default(false),
  /** The priority it is queued with; absent: as it is. */
  activationPriority: z.int().min(-100).max(100).optional(),
  /** Where a job goes whose classification failed. Absent: it is reported only. */
  fallbackQueue: resourceId.optional(),
});

/** One rule: whom it is about, and what is done by itself. */
export const automationRule = z
  .strictObject({
    name: z.string().min(1),
    /** A rule that is switched off matches nothing. */
    enabled: z.boolean().default(true),
    when: condition.default({}),
    /** `shadow` says in the log what would have been done, and calls nothing. */
    accept: z.enum(['auto', 'shadow', 'never']).default('never'),
    complete: z.enum(['onAccept', 'byHand']).default('byHand'),
    /** With `complete: onAccept`: not at once but so long after the assignment. Survives restarts. */
    completeAfterSeconds: z.number().positive().max(LONGEST_DELAY_SECONDS).optional(),
    /** With `complete: onAccept`: not before this work is done. */
    work: work.optional(),
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
    rescue: rescue.optional(),
  })
  .superRefine(({ complete, completeAfterSeconds, work }, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (completeAfterSeconds !== undefined && work !== undefined) {
      refuse(
        'completeAfterSeconds',
        'expected either completeAfterSeconds or work: work says itself when it is done',
      );
    }
    if (complete === 'byHand' && completeAfterSeconds !== undefined) {
      refuse('completeAfterSeconds', 'expected "complete": "onAccept" beside it');
    }
    if (complete === 'byHand' && work !== undefined) {
      refuse('work', 'expected "complete": "onAccept" beside it');
    }
  });
export type AutomationRule = z.infer<typeof automationRule>;

/**
 * Workers that are machines. An offer that expires takes its worker off duty without a word (documented); these are
 * brought back, unless they signed off by themselves.
 */
export const automatedWorkers = z
  .strictObject({
    name: z.string().min(1),
    enabled: z.boolean().default(true),
    /** Ids. With `workerLabels` beside them, both must be as said. */
    workers: z.array(z.string().min(1)).min(1).optional(),
    workerLabels: labelConditions.optional(),
    /** The pause before the second return within an hour; it doubles with each further one, up to ten minutes. The first is at once. */
    backOffSeconds: z.number().min(1).max(3600).default(5),
    /** Returns within an hour, at most. */
    perHour: z.int().min(1).max(60).default(6),
  })
  .refine(({ workers, workerLabels = {} }) => workers !== undefined || Object.keys(workerLabels).length > 0, {
    error: 'expected workers (ids) or workerLabels: automated workers are named, never assumed',
  });
export type AutomatedWorkers = z.infer<typeof automatedWorkers>;

/** Whatever else is wrong with them, rules that have names can be told apart. */
const named = z.array(z.looseObject({ name: z.string() }));
const haveNames = z.object({ rules: named, automatedWorkers: named });

/** The rules in their order. A name tells rules apart in the log, so each stands once. */
export const automation = z
  .strictObject({
    rules: z.array(automationRule),
    automatedWorkers: z.array(automatedWorkers).default([]),
  })
  .superRefine(
    (document, context) => {
      const seen = new Set<string>();
      for (const list of ['rules', 'automatedWorkers'] as const) {
        for (const [index, { name }] of document[list].entries()) {
          if (seen.has(name)) {
            context.addIssue({
              code: 'custom',
              path: [list, index, 'name'],
              message: 'expected each name once',
            });
          }
          seen.add(name);
        }
      }
    },
    // Told beside what else is wrong with the rules, and not after it.
    { when: ({ value }) => haveNames.safeParse(value).success },
  );
/** Everything that the app does by itself, as it is in force. */
export type Automation = z.infer<typeof automation>;
