/** Who asks, as far as the platform in front of the app has found out. */
export type Caller =
  /** Nobody signs in here: the key is all there is, and it opens everything of its level. */
  | { readonly kind: 'keyHolder' }
  | { readonly kind: 'signedIn'; readonly id: string; readonly roles: readonly Role[] };

/** The app roles of the Entra application that guards the app. */
export const roles = ['Routing.Admin', 'Jobs.Submit', 'Jobs.Read', 'Workers.Self'] as const;

/** One of them. */
export type Role = (typeof roles)[number];
