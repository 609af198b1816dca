/** Who is subscribed: lets subscribers in after the handshake, and nobody before. */
import type * as z from 'zod';
import type { CancelRun, Clock } from '../clock/clock.ts';
import { secondsAfter } from '../clock/instant.ts';
import { faultsIn } from '../http/faultsIn.ts';
import type { PublishedEvent } from './envelope.ts';
import { shakeHands } from './handshake.ts';
import { type SubscriptionProblem, SubscriptionRefused } from './problem.ts';
import type { Send } from './send.ts';
import {
  isWanted,
  type ProvisioningState,
  type SubscribeRequest,
  type Subscription,
  type SubscriptionSettings,
  subscribeRequest,
} from './subscription.ts';

/** How long the validation URL can be opened (documented; an older page says 5 minutes). */
const VALIDATION_URL_LIFE_SECONDS = 10 * 60;

export type SubscribeResult =
  /** Events flow from now on. */
  | { readonly kind: 'active'; readonly subscription: Subscription }
  /** The endpoint answered without deciding; nothing flows until somebody opens the validation URL. */
  | {
      readonly kind: 'awaitingManualAction';
      readonly subscription: Subscription;
      readonly validationUrl: string;
      readonly problem: SubscriptionProblem;
    };

export interface SubscriptionPorts {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly send: Send;
  readonly topic: string;
  /** The URL that opens validation of a subscription; undefined when nothing listens there. */
  readonly validationUrl: (name: string, code: string) => string | undefined;
}

export interface Subscriptions {
  /**
   * Rejects with `SubscriptionRefused` when the request is wrong or the handshake fails. Nothing has changed then:
   * a subscription of that name that was there before still is.
   */
  subscribe(request: SubscribeRequest): Promise<SubscribeResult>;
  /** False when there is none of that name. */
  unsubscribe(name: string): boolean;
  /** What opening the validation URL does. False when name and code do not belong together, or no longer. */
  validate(name: string, code: string): boolean;
  /** Active ones, then those that wait for validation or failed it. */
  list(): readonly Subscription[];
  /** The active subscription of that name, as it is now. */
  find(name: string): SubscriptionSettings | undefined;
  wanting(event: PublishedEvent): readonly SubscriptionSettings[];
  close(): void;
}

/** A subscription that has not proved yet that its endpoint wants events. */
interface Candidate {
  readonly settings: SubscriptionSettings;
  readonly code: string;
  state: 'handshaking' | Exclude<ProvisioningState, 'Succeeded'> | 'validated';
  cancelDeadline: CancelRun;
}

export function createSubscriptions(ports: SubscriptionPorts): Subscriptions {
  const { clock, newId, send, topic } = ports;
  const active = new Map<string, SubscriptionSettings>();
  const candidates = new Map<string, Candidate>();

  function activate(candidate: Candidate): void {
    forgetCandidate(candidate.settings.name);
    candidate.state = 'validated';
    active.set(candidate.settings.name, candidate.settings);
  }

  function forgetCandidate(name: string): boolean {
    candidates.get(name)?.cancelDeadline();
    return candidates.delete(name);
  }

  function awaitManualAction(candidate: Candidate): void {
    candidate.state = 'AwaitingManualAction';
    const deadline = secondsAfter(clock.now(), VALIDATION_URL_LIFE_SECONDS);
    candidate.cancelDeadline = clock.at(deadline, () => {
      candidate.state = 'Failed';
    });
  }

  /** The candidate is known before the handshake, because an endpoint may open the URL before it answers. */
  async function subscribe(request: SubscribeRequest): Promise<SubscribeResult> {
    const parsed = subscribeRequest.safeParse(request);
    if (!parsed.success) throw new SubscriptionRefused(request.name, invalidRequest(parsed.error));
    const settings = parsed.data;
    const code = newId();
    const candidate: Candidate = { settings, code, state: 'handshaking', cancelDeadline: () => {} };
    forgetCandidate(settings.name);
    candidates.set(settings.name, candidate);
    const validationUrl = ports.validationUrl(settings.name, code);
    const result = await shakeHands(
      { settings, topic, eventId: newId(), validationCode: code, validationUrl, now: clock.now() },
      send,
    );
    return conclude(candidate, result, validationUrl);
  }

  function conclude(
    candidate: Candidate,
    result: Awaited<ReturnType<typeof shakeHands>>,
    validationUrl: string | undefined,
  ): SubscribeResult {
    const { settings } = candidate;
    const isCurrent = candidates.get(settings.name) === candidate;
    if (isCurrent && result.kind === 'validated') activate(candidate);
    if (candidate.state === 'validated') {
      return { kind: 'active', subscription: { ...settings, provisioningState: 'Succeeded' } };
    }
    if (!isCurrent || result.kind === 'validated') throw new SubscriptionRefused(settings.name, SUPERSEDED);
    if (result.kind === 'undecided' && validationUrl) {
      awaitManualAction(candidate);
      const subscription: Subscription = { ...settings, provisioningState: 'AwaitingManualAction' };
      return { kind: 'awaitingManualAction', subscription, validationUrl, problem: result.problem };
    }
    forgetCandidate(settings.name);
    throw new SubscriptionRefused(settings.name, result.problem);
  }

  return {
    subscribe,
    unsubscribe(name) {
      const wasCandidate = forgetCandidate(name);
      return active.delete(name) || wasCandidate;
    },
    validate(name, code) {
      const candidate = candidates.get(name);
      if (!candidate || candidate.code !== code || candidate.state === 'Failed') return false;
      activate(candidate);
      return true;
    },
    list: () => [
      ...active.values().map((settings) => ({ ...settings, provisioningState: 'Succeeded' as const })),
      ...candidates.values().flatMap(({ settings, state }) => {
        const isSettled = state === 'AwaitingManualAction' || state === 'Failed';
        return isSettled ? [{ ...settings, provisioningState: state }] : [];
      }),
    ],
    find: (name) => active.get(name),
    wanting: (event) => [...active.values()].filter((settings) => isWanted(event, settings)),
    close() {
      for (const name of [...candidates.keys()]) forgetCandidate(name);
    },
  };
}

const SUPERSEDED: SubscriptionProblem = {
  code: 'Superseded',
  message: 'While the endpoint was asked, the subscription was deleted or asked for again.',
};

const invalidRequest = (error: z.ZodError): SubscriptionProblem => ({
  code: 'InvalidRequest',
  message: faultsIn(error),
});
