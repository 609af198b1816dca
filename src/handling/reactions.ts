import type { RouterEventKind } from '../events/routerEvent.ts';

/**
 * Which function reacts to what. The event subscriptions in infra/eventSubscriptions.json deliver exactly
 * this, and a test holds the two together.
 */
export const reactions = {
  acceptOffer: ['WorkerOfferIssued'],
  completeJob: ['WorkerOfferAccepted'],
  closeJob: ['JobCompleted'],
  tidyJob: ['JobClosed', 'JobCancelled'],
} as const satisfies Record<string, readonly RouterEventKind[]>;

/** An Event Grid function of the app, by its registered name. */
export type Reaction = keyof typeof reactions;

/** The webhook, which is one door for every event, by its registered name. */
export const WEBHOOK = 'receiveRouterEvents';

/** A function that events are handed to. */
export type EventFunction = Reaction | typeof WEBHOOK;

/** What a function reacts to, by the names the app has for events. */
export const kindsOf = (reaction: Reaction): readonly RouterEventKind[] => reactions[reaction];
