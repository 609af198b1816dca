import type { Action, Ignore, Report, Shadow } from '../automation/decision.ts';
import type { Ignored, NotDone, Outcome } from '../outcome.ts';

/** How far the handling of an event came, and what became of it. */
export type Handled =
  /** A rule asked for an action, and the router has answered, or has not. */
  | { readonly kind: 'acted'; readonly decision: Action; readonly outcome: Outcome }
  /** It was decided to do nothing, or only to say something. */
  | { readonly kind: 'heldBack'; readonly decision: Shadow | Report | Ignore; readonly outcome: Ignored }
  /** Nothing could be decided: the event is unreadable, or nobody told the traits that its rule looks at. */
  | { readonly kind: 'undecided'; readonly outcome: NotDone };
