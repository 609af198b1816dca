import type { RouterEventKind } from './events/routerEvent.ts';

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

/** The webhook is one door for every event. */
export type AnyReaction = Reaction | 'any';

export const reactsTo = (reaction: AnyReaction, kind: RouterEventKind): boolean =>
  reaction === 'any' || kindsOf(reaction).includes(kind);

export const kindsOf = (reaction: Reaction): readonly RouterEventKind[] => reactions[reaction];
