import type { AdditionalPolicyConfig, PathUnchecked } from '@azure-rest/core-client';
import type { RouterConnection } from './connection.ts';
import { credentialFor } from './credential.ts';
import { transportOf } from './endpoint.ts';
import { loadOfficialClient } from './officialClient.ts';

/** The version of the REST surface that the wire schemas describe. */
export const apiVersion = '2023-11-01';

/**
 * What the official client and the bare pipeline have in common: `path(template, ...ids).get()`, `.patch()`,
 * `.post()` and `.delete()`. Ids are encoded into the path. Nothing throws for a status.
 */
export interface RestClient {
  readonly path: PathUnchecked;
}

/** What may be said about reaching the router. */
export interface RestClientOptions {
  /** PEM of a certificate to trust besides the known ones: an emulator's development certificate. */
  readonly trustedCertificate?: string;
  /** The trace that a call belongs to, asked at every call: what the router does for an event belongs to the event's. */
  readonly traceparent?: () => string | undefined;
}

/**
 * Opens the official client where its package is installed, and the REST pipeline it is made of where not.
 * Nobody else knows which one it is.
 */
export async function openRestClient(
  connection: RouterConnection,
  { trustedCertificate, traceparent }: RestClientOptions = {},
): Promise<RestClient> {
  const options = {
    apiVersion,
    allowInsecureConnection: transportOf(connection.endpoint) === 'loopbackHttp',
    // untilAnswered.ts repeats calls; a second layer here would only use up the time that it has.
    retryOptions: { maxRetries: 0 },
    // The service answers where it is asked. Following a redirect would hand a signed request to somebody else.
    redirectOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: 'job-router-functions' },
    ...(traceparent && {
      additionalPolicies: [{ policy: handOnTrace(traceparent), position: 'perCall' as const }],
    }),
    ...(trustedCertificate === undefined ? {} : { tlsOptions: { ca: trustedCertificate } }),
  };
  const [createClient, credential] = await Promise.all([loadOfficialClient(), credentialFor(connection)]);
  if (createClient) return { path: createClient(connection.endpoint, credential, options).pathUnchecked };

  const [{ getClient }, { createCommunicationAuthPolicy }] = await Promise.all([
    import('@azure-rest/core-client'),
    import('@azure/communication-common'),
  ]);
  const client = getClient(connection.endpoint, options);
  client.pipeline.addPolicy(createCommunicationAuthPolicy(credential));
  return { path: client.pathUnchecked };
}

const handOnTrace = (traceparent: () => string | undefined): AdditionalPolicyConfig['policy'] => ({
  name: 'handOnTrace',
  sendRequest(request, next) {
    const trace = traceparent();
    if (trace !== undefined) request.headers.set('traceparent', trace);
    return next(request);
  },
});
