/** The built app in the suite, before a host that asks for keys as Azure does, for those who try to get at it. */
import * as z from 'zod';
import { APP_ROOT } from '../../emulator/app.ts';
import type { HostKeys } from '../../emulator/functionsHost/http/keys.ts';
import { createEmulatorSuite, type EmulatorSuite } from '../../emulator/suite.ts';
import type { Role } from '../../src/http/caller.ts';
import { principalHeader } from './principalHeader.ts';
import { type SignedAnswer, signedFetch } from './signedFetch.ts';

/** Who somebody claims to be. Undefined: the header is not sent. */
export interface Claimed {
  readonly id?: string;
  readonly roles: readonly Role[];
}

/** What an attack brings along. */
export interface Attack {
  readonly as?: Claimed;
  /** The key it has; the host's own unless said otherwise, and none when it is null. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is when it is a text. */
  readonly body?: unknown;
}

/** What came of it. */
export interface Outcome {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of a body that is JSON; undefined otherwise. */
  readonly json: unknown;
}

export interface AttackedApp {
  readonly suite: EmulatorSuite;
  readonly url: string;
  readonly keys: HostKeys;
  readonly log: readonly string[];
  /** @param path below `/api/`. */
  attack(method: string, path: string, attack?: Attack): Promise<Outcome>;
  /** Asks the router itself, as the app does. @param path below `/routing/`. */
  router(method: 'DELETE' | 'GET' | 'PATCH' | 'POST', path: string, body?: object): Promise<SignedAnswer>;
  close(): Promise<void>;
}

/** Starts it. Close it after the tests of a file. */
export async function startAttackedApp(
  settings: Readonly<Record<string, string>> = {},
): Promise<AttackedApp> {
  const log: string[] = [];
  const suite = await createEmulatorSuite({
    app: {
      root: APP_ROOT,
      port: 0,
      functionKeys: true,
      subscriptions: {},
      settings: { AzureWebJobsStorage: '', AUTOMATION_RULES: '{"automation":{"rules":[]}}', ...settings },
      onLog: ({ message }) => void log.push(message),
    },
  });
  const { host } = suite;
  if (host?.keys === undefined) throw new Error('The host has no keys');
  const { url, keys } = host;
  return {
    suite,
    url,
    keys,
    log,
    attack: async (method, path, { as, key = keys.host, headers = {}, body } = {}) =>
      outcomeOf(
        await fetch(`${url}/api/${path}`, {
          method,
          redirect: 'manual',
          headers: {
            ...(key !== null && { 'x-functions-key': key }),
            ...(as !== undefined && principalHeader(as)),
            ...headers,
          },
          ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        }),
      ),
    router: (method, path, body) => signedFetch(suite.connectionString, method, `/routing/${path}`, body),
    close: () => suite.close(),
  };
}

/** A queue with two workers in it, Ada and Bob, both on duty. */
export async function twoWorkers({ router }: Pick<AttackedApp, 'router'>): Promise<void> {
  const mode = { kind: 'longestIdle' };
  await router('PATCH', 'distributionPolicies/policy-1', { offerExpiresAfterSeconds: 600, mode });
  await router('PATCH', 'queues/queue-1', { distributionPolicyId: 'policy-1' });
  for (const id of ['ada', 'bob']) {
    await router('PATCH', `workers/${id}`, {
      capacity: 10,
      queues: ['queue-1'],
      labels: { name: id },
      channels: [{ channelId: 'voice', capacityCostPerJob: 1 }],
      availableForOffers: true,
    });
  }
}

const offered = z.object({ offers: z.array(z.object({ offerId: z.string(), jobId: z.string() })) });

/** A job that only this worker may do, and the offer of it that the worker has. */
export async function offerTo(
  { router }: Pick<AttackedApp, 'router'>,
  workerId: string,
  jobId: string,
): Promise<string> {
  const requestedWorkerSelectors = [{ key: 'name', labelOperator: 'equal', value: workerId }];
  await router('PATCH', `jobs/${jobId}`, {
    channelId: 'voice',
    queueId: 'queue-1',
    requestedWorkerSelectors,
  });
  for (let looks = 0; looks < 200; looks += 1) {
    const { offers } = offered.parse((await router('GET', `workers/${workerId}`)).body);
    const offer = offers.find((one) => one.jobId === jobId);
    if (offer !== undefined) return offer.offerId;
  }
  throw new Error(`${workerId} is not offered ${jobId}`);
}

async function outcomeOf(response: Response): Promise<Outcome> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const json: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, json };
}
