/**
 * What goes wrong on purpose. A plan is data; whether a rule strikes is drawn from the plan's own seeded chance, so
 * that the same plan and the same requests in the same order fail in the same way.
 */
import * as z from 'zod';
import { seededRandom } from '../chance.ts';
import type { DeliveryFault } from '../eventGrid/faults.ts';
import { knownEventType } from '../eventGrid/subscription.ts';

const DEFAULT_DELAY_MILLISECONDS = 1000;

const probability = z.lazy(() => z.number().min(0).max(1).default(1));
const delayMilliseconds = z.lazy(() => z.number().int().min(0).max(600_000));

export const ROUTER_FAULTS = ['delay', '429', '500', '503', 'timeoutBefore', 'timeoutAfter'] as const;
export const DELIVERY_FAULTS = ['drop', 'duplicate', 'reorder', 'delay'] as const;

const ALL = '*';

/** One of a list. What is not on it is refused with what was written and what may be. */
const oneOf = <Value extends string>(allowed: readonly Value[]) =>
  z.enum(allowed, {
    error: ({ input }) =>
      `${input === undefined ? 'Nothing' : JSON.stringify(input)} is not allowed here; allowed: ${allowed.join(', ')}`,
  });

const routerFault = (operations: readonly string[]) =>
  z.strictObject({
    operation: oneOf([ALL, ...operations]).default(ALL),
    /** 429 is as good as "429". */
    kind: z.preprocess((kind) => (typeof kind === 'number' ? String(kind) : kind), oneOf(ROUTER_FAULTS)),
    probability,
    /** With 429 and 503. */
    retryAfterSeconds: z.number().int().min(0).optional(),
    /** How long `delay` takes, and how long a timeout holds the connection before it is cut. */
    delayMilliseconds: delayMilliseconds.optional(),
  });

const deliveryFault = z.lazy(() =>
  z.strictObject({
    /** Short or whole; absent for every type. */
    eventType: z.preprocess((type) => (type === ALL ? undefined : type), knownEventType.optional()),
    kind: oneOf(DELIVERY_FAULTS),
    probability,
    delayMilliseconds: delayMilliseconds.optional(),
    /** With `reorder`: how many later events go first, at most; each time a number from 1 to this is drawn. */
    within: z.number().int().min(1).max(10_000).default(1),
  }),
);

/** `operations`: the names that a fault can be about, as in the support table. */
export const faultPlan = (operations: readonly string[]) =>
  z.strictObject({
    /** Any text or number. */
    seed: z.union([z.string(), z.number()]).default(1),
    router: z.array(routerFault(operations)).default([]),
    deliveries: z.array(deliveryFault).default([]),
  });

export type RouterFault = z.output<ReturnType<typeof routerFault>>;
export type FaultPlan = z.output<ReturnType<typeof faultPlan>>;

export const NO_FAULTS: FaultPlan = { seed: 1, router: [], deliveries: [] };

export interface Faults {
  plan(): FaultPlan;
  /** Replaces the plan and starts its chance anew. */
  use(plan: FaultPlan): void;
  /** What befalls this request: the first rule that strikes, in the order of the plan. */
  ofOperation(name: string): RouterFault | undefined;
  /** `eventType` is the whole name. */
  ofDelivery(eventType: string): DeliveryFault | undefined;
}

/** Two streams, so that deliveries, whose pace is their own, do not shift what befalls requests. */
const chanceOf = ({ seed }: FaultPlan) => ({
  router: seededRandom(`${seed}/router`),
  deliveries: seededRandom(`${seed}/deliveries`),
});

export function createFaults(): Faults {
  let plan = NO_FAULTS;
  let chance = chanceOf(NO_FAULTS);

  const firstToStrike = <Fault extends { readonly probability: number }>(
    candidates: readonly Fault[],
    random: () => number,
  ): Fault | undefined => candidates.find((fault) => random() < fault.probability);

  return {
    plan: () => plan,
    use(next) {
      plan = next;
      chance = chanceOf(next);
    },
    ofOperation: (name) =>
      firstToStrike(
        plan.router.filter(({ operation }) => operation === ALL || operation === name),
        chance.router,
      ),
    ofDelivery(type) {
      const concerned = plan.deliveries.filter(({ eventType = type }) => eventType === type);
      const fault = firstToStrike(concerned, chance.deliveries);
      switch (fault?.kind) {
        case 'delay':
          return { kind: 'delay', milliseconds: fault.delayMilliseconds ?? DEFAULT_DELAY_MILLISECONDS };
        case 'reorder':
          return { kind: 'reorder', behind: 1 + Math.floor(chance.deliveries() * fault.within) };
        default:
          return fault && { kind: fault.kind };
      }
    },
  };
}
