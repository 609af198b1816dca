/** Who asks, as far as the platform in front of the app has found out. */
export type Caller =
  /** Nobody signs in here: the key is all there is, and it opens everything of its level. */
  | { readonly kind: 'keyHolder' }
  | {
      readonly kind: 'signedIn';
      /** Of the person or application in the directory: the claim `oid`. Undefined: nobody whom a worker could be. */
      readonly id: string | undefined;
      readonly roles: readonly Role[];
    };

/** The app roles of the Entra application that guards the app. */
export const roles = ['Routing.Admin', 'Jobs.Submit', 'Jobs.Read', 'Workers.Self'] as const;

/** One of them. */
export type Role = (typeof roles)[number];

/** Whether the caller has one of these roles. A key stands for all of them. */
export const hasRole = (caller: Caller, ...wanted: readonly Role[]): boolean =>
  caller.kind === 'keyHolder' || caller.roles.some((role) => wanted.includes(role));

/** Whether the caller is this worker: the worker's id is the caller's, to the letter. Of a key nobody knows whose it is. */
export const isWorker = (caller: Caller, workerId: string): boolean =>
  caller.kind === 'signedIn' && caller.roles.includes('Workers.Self') && caller.id === workerId;
