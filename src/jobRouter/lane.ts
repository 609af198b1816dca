/**
 * Whose calls go first where requests are short: an offer expires, an event comes again, a caller who brings much in one
 * request waits for all of it anyway, housekeeping can wait. See requestBudget.ts.
 */
export type Lane = 'accept' | 'event' | 'bulk' | 'housekeeping';
