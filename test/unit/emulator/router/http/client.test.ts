/** The official client's own pipeline, over a real connection, decides whether the surface speaks its dialect. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCommunicationAuthPolicy } from '@azure/communication-common';
import { getClient } from '@azure-rest/core-client';
import { afterEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../../../../emulator/clock/systemClock.ts';
import {
  type DevelopmentCertificate,
  makeDevelopmentCertificate,
} from '../../../../../emulator/developmentCertificate.ts';
import { scriptedRouter, surfaceOf } from '../../../../support/routerSurface.ts';
import { signatureHeaders, TEST_ACCESS_KEY } from '../../../../support/signedRequest.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function connect(key: string, https?: DevelopmentCertificate) {
  const router = scriptedRouter({ answers: { CancelJob: {} } });
  // The client dates its requests by the machine's clock, so the router has to live by it as well.
  const { server } = surfaceOf(router, { clock: createSystemClock(), ...(https && { https }) });
  closing.push(() => server.close());
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const client = getClient(url, {
    // Over HTTPS the client is left as strict as it comes, but for the certificate it must trust.
    ...(https ? { tlsOptions: { ca: https.cert } } : { allowInsecureConnection: true }),
    apiVersion: '2023-11-01',
    retryOptions: { maxRetries: 0 },
  });
  client.pipeline.addPolicy(createCommunicationAuthPolicy({ key }));
  return { client, url: new URL(url) };
}

describe("the official client's pipeline", () => {
  it.each<[what: string, path: string, options: object]>([
    ['a listing', '/routing/jobs', {}],
    [
      'filters it has to encode',
      '/routing/jobs',
      { queryParameters: { queueId: "it's a queue~ (1)", scheduledAfter: '2026-03-02T09:00:00+01:00' } },
    ],
  ])('reads %s', async (_, path, options) => {
    const { client } = await connect(TEST_ACCESS_KEY);
    const answer = await client.pathUnchecked(path).get(options);
    expect([answer.status, answer.body]).toEqual(['200', { value: [] }]);
  });

  it.each<[what: string, options: object]>([
    ['without a body', {}],
    ['with an empty object', { body: {} }],
    ['with options', { body: { note: 'Grüße', dispositionCode: 'Resolved' } }],
  ])('performs an action %s', async (_, options) => {
    const { client } = await connect(TEST_ACCESS_KEY);
    const answer = await client.pathUnchecked('/routing/jobs/{jobId}:cancel', 'job 1').post(options);
    expect([answer.status, answer.body]).toEqual(['200', {}]);
  });

  it('is told when it has the wrong key', async () => {
    const { client } = await connect(Buffer.from('wrong').toString('base64'));
    const answer = await client.pathUnchecked('/routing/jobs').get();
    expect(answer.status).toBe('401');
    expect(answer.body).toMatchObject({ communicationError: { code: 'Unauthorized' } });
  });

  it('needs no leave for insecure connections over HTTPS', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'router-http-'));
    closing.push(() => rm(folder, { recursive: true }));
    const now = new Date(createSystemClock().now());
    const certificate = await makeDevelopmentCertificate(join(folder, 'certificate.pem'), now);
    const { client, url } = await connect(TEST_ACCESS_KEY, certificate);
    const answer = await client.pathUnchecked('/routing/jobs').get();
    expect([url.protocol, answer.status]).toEqual(['https:', '200']);
  });

  it('may write the port twice into the Host header, as its older versions do', async () => {
    const { url } = await connect(TEST_ACCESS_KEY);
    const target = '/routing/jobs?api-version=2023-11-01';
    const host = `${url.host}:${url.port}`;
    const date = new Date(createSystemClock().now()).toUTCString();
    const request = get(new URL(target, url), {
      headers: signatureHeaders({ method: 'GET', target, host, date }),
    });
    const [answer] = await once(request, 'response');
    answer.resume();
    expect(answer.statusCode).toBe(200);
  });
});
