/**
 * Whose calls go first where requests are short: an offer expires, an event comes again, housekeeping can wait. See
 * requestBudget.ts.
 */
export type Lane = 'accept' | 'event' | 'housekeeping';
