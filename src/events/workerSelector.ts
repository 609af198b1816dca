/**
 * A worker selector in an event: what a worker's labels have to be like. Three descriptions of it differ in the names of
 * nearly every member and in the operators, and none was ever seen live; all of them are read, into the words that the
 * router's own REST interface has.
 */
import * as z from 'zod';
import { lenientDate } from './lenientDate.ts';
import { lenientSeconds } from './lenientSeconds.ts';
import { readableOnes, readableOrAbsent, spelt } from './members.ts';

/**
 * In lower case and letters only: events say `Greater` and `LessThanEqual` where the REST interface says `greaterThan` and
 * `lessThanOrEqual`.
 */
const operators: Readonly<Record<string, string>> = {
  equal: 'equal',
  equals: 'equal',
  notequal: 'notEqual',
  notequals: 'notEqual',
  less: 'lessThan',
  lessthan: 'lessThan',
  lessthanequal: 'lessThanOrEqual',
  lessthanorequal: 'lessThanOrEqual',
  lessthanorequals: 'lessThanOrEqual',
  greater: 'greaterThan',
  greaterthan: 'greaterThan',
  greaterthanequal: 'greaterThanOrEqual',
  greaterthanorequal: 'greaterThanOrEqual',
  greaterthanorequals: 'greaterThanOrEqual',
};

const labelOperator = readableOrAbsent(
  z.string().transform((text) => {
    const plain = text.toLowerCase().replaceAll(/[^a-z]/g, '');
    return Object.hasOwn(operators, plain) ? operators[plain] : undefined;
  }),
);

const workerSelector = spelt(
  {
    labelOperator: ['operator'],
    // The typings of @azure/eventgrid call it labelValue and an object; their own mapper, the specification and the
    // examples call it value, and a scalar.
    value: ['labelValue'],
    ttlSeconds: ['TTLSeconds', 'ttl'],
    state: ['selectorState'],
    expirationTime: ['ExpireTime', 'expireTime'],
  },
  z.object({
    key: z.string().min(1),
    labelOperator,
    value: z.unknown(),
    ttlSeconds: lenientSeconds.optional(),
    state: readableOrAbsent(z.string().transform((text) => text.toLowerCase())),
    expirationTime: lenientDate.optional(),
  }),
);
export type WorkerSelector = z.infer<typeof workerSelector>;

/** Nothing is decided by a selector, so one that cannot be read is left out. */
export const workerSelectors = readableOnes(workerSelector);

/** Both lists of expired selectors, by every name that some description gives them. */
export const expiredSelectorSpellings = {
  expiredRequestedWorkerSelectors: ['requestedWorkerSelectorsExpired', 'requestedWorkerSelectors'],
  expiredAttachedWorkerSelectors: ['attachedWorkerSelectorsExpired', 'attachedWorkerSelectors'],
} as const;
