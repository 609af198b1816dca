/** Requests that go wrong on purpose: late, refused, or never answered, before or after they had their effect. */
import type { Clock } from '../../clock/clock.ts';
import { millisecondsAfter } from '../../clock/instant.ts';
import type { HttpRequest } from '../../http/surface.ts';
import { Refusal, throttled } from './refusal.ts';

export interface RequestFault {
  readonly kind: 'delay' | '429' | '500' | '503' | 'timeoutBefore' | 'timeoutAfter';
  readonly retryAfterSeconds?: number | undefined;
  readonly delayMilliseconds?: number | undefined;
}

const DEFAULT_DELAY_MILLISECONDS = 1000;
/** Longer than clients wait. Then the connection is cut, so that one without a limit of its own learns something. */
const DEFAULT_SILENCE_MILLISECONDS = 120_000;
const DEFAULT_RETRY_AFTER_SECONDS = 1;

type Connected = Pick<HttpRequest, 'cut'>;

export interface FaultGate {
  /** Resolves to false when the request is not to be carried out; nobody answers it then. Throws a Refusal. */
  before(fault: RequestFault, request: Connected): Promise<boolean>;
  /** Resolves to false when the effect is there and nobody is to hear of it. */
  after(fault: RequestFault, request: Connected): Promise<boolean>;
  /** Cuts the connections that are held in silence. */
  close(): void;
}

export function createFaultGate(clock: Clock): FaultGate {
  const silent = new Set<() => void>();

  const wait = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => clock.at(millisecondsAfter(clock.now(), milliseconds), resolve));

  function fallSilent(fault: RequestFault, request: Connected): false {
    const cut = () => {
      silent.delete(cut);
      request.cut();
    };
    silent.add(cut);
    clock.at(millisecondsAfter(clock.now(), fault.delayMilliseconds ?? DEFAULT_SILENCE_MILLISECONDS), cut);
    return false;
  }

  return {
    async before(fault, request) {
      switch (fault.kind) {
        case 'delay':
          await wait(fault.delayMilliseconds ?? DEFAULT_DELAY_MILLISECONDS);
          return true;
        case '429':
          throw throttled(fault.retryAfterSeconds ?? DEFAULT_RETRY_AFTER_SECONDS);
        case '500':
          throw new Refusal(500, 'An injected fault: the service failed.');
        case '503':
          throw new Refusal(
            503,
            'An injected fault: the service is unavailable.',
            [],
            fault.retryAfterSeconds,
          );
        case 'timeoutBefore':
          return fallSilent(fault, request);
        case 'timeoutAfter':
          return true;
        default:
          return fault.kind satisfies never;
      }
    },
    async after(fault, request) {
      return fault.kind === 'timeoutAfter' ? fallSilent(fault, request) : true;
    },
    close() {
      for (const cut of [...silent]) cut();
    },
  };
}
