/**
 * The part of the official package that is used here. The package is optional, and this declaration holds
 * whether it is installed or not.
 */
declare module '@azure-rest/communication-job-router' {
  import type { createCommunicationAuthPolicy } from '@azure/communication-common';
  import type { Client, ClientOptions } from '@azure-rest/core-client';

  export type ClientFactory = (
    endpoint: string,
    credential: Parameters<typeof createCommunicationAuthPolicy>[0],
    options: ClientOptions,
  ) => Client;

  /**
   * A factory for whoever imports the package as an ES module. The published CommonJS build arrives with its
   * whole exports object as default instead.
   */
  const factory: ClientFactory | { readonly default: ClientFactory };
  export default factory;
}
