import type { RouterEventKind } from '../events/routerEvent.ts';

/** The events after which the app has nothing to do, and why not. */
export const whyNothing = {
  JobReceived: 'a job that came in goes to its queue by itself',
  JobClassified: 'a classified job goes to its queue by itself',
  JobQueued: 'the router itself offers a queued job',
  JobDeleted: 'a deleted job needs nothing',
  WorkerOfferDeclined: 'the router itself offers a declined job to somebody else',
  WorkerOfferRevoked: 'a revoked offer can no longer be accepted',
  WorkerRegistered: 'the router itself makes offers to a worker on duty',
  WorkerUpdated: 'the router itself takes note of a changed worker',
  WorkerDeleted: 'a deleted worker needs nothing',
} as const satisfies Partial<Record<RouterEventKind, string>>;
