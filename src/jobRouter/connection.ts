/** How the app reaches its router and proves who it is. */
export type RouterConnection =
  | { readonly kind: 'connectionString'; readonly connectionString: string; readonly endpoint: string }
  | {
      readonly kind: 'managedIdentity';
      readonly endpoint: string;
      /** Of a user-assigned identity; absent for the system-assigned one and for a developer's sign-in. */
      readonly clientId?: string;
    };
