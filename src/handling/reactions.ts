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
  rescueJob: [
    'JobClassificationFailed',
    'JobSchedulingFailed',
    'JobWaitingForActivation',
    'JobWorkerSelectorsExpired',
    'JobExceptionTriggered',
    'JobUnassigned',
  ],
  restoreWorker: ['WorkerOfferExpired', 'WorkerDeregistered'],
} as const satisfies Record<string, readonly RouterEventKind[]>;

/** An Event Grid function of the app, by its registered name. */
export type Reaction = keyof typeof reactions;

/** The webhook, by its registered name. */
export const WEBHOOK = 'receiveRouterEvents';

/** The function that takes up what was put off, by its registered name. */
export const RESUMPTION = 'resumeDeferredWork';

/** A function that takes events of every kind: out of requests and queues, or found out by asking the router. */
export type Door = typeof WEBHOOK | typeof RESUMPTION | 'resendParkedEvents' | 'reconcileJobs';

/** A function that events are handed to. */
export type EventFunction = Reaction | Door;

/** What a function reacts to, by the names the app has for events. */
export const kindsOf = (reaction: Reaction): readonly RouterEventKind[] => reactions[reaction];

/** Whether it is one of the functions with a subscription of its own. */
export const isReaction = (functionName: EventFunction): functionName is Reaction =>
  Object.hasOwn(reactions, functionName);
