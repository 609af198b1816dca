/** How the app reaches the queues of its storage account, and proves who it is. */
export type StorageConnection =
  | { readonly kind: 'connectionString'; readonly connectionString: string }
  | {
      readonly kind: 'managedIdentity';
      /** Of the queues of the account, over https. */
      readonly queueServiceUri: string;
      /** Of a user-assigned identity; absent for the system-assigned one and for a developer's sign-in. */
      readonly clientId?: string;
    };
