/** How a call is made: in its turn, within its time, and again where it may be. */
import type * as z from 'zod';
import type { Chance } from '../chance.ts';
import type { Clock } from '../clock.ts';
import type { RouterAnswer } from './answer.ts';
import type { Watch } from './attempt.ts';
import { attemptLimit, endOfCall } from './callLimit.ts';
import { type Call, exchange } from './exchange.ts';
import type { Lane } from './lane.ts';
import { readAnswer } from './readAnswer.ts';
import type { RequestBudget } from './requestBudget.ts';
import type { RestClient } from './restClient.ts';
import { type Repeats, untilAnswered } from './untilAnswered.ts';

/** What every call needs. */
export interface CallMeans {
  /** Opens the client; asked before every attempt, so it has to keep what it opened. */
  readonly open: () => Promise<RestClient>;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly budget: RequestBudget;
  readonly watch?: Watch;
}

/** In which order and until when. */
export interface CallScope {
  readonly lane: Lane;
  /** When every call must be over; absent, each has its own limit. */
  readonly end?: Date;
  /** How long the pauses of a call may be together, in milliseconds; absent, as long as its time allows. */
  readonly patience?: number;
  /** Beside the one that watches every call. */
  readonly watch?: Watch;
}

/** Makes one call and reads what it answers. Rejects only where no client can be opened. */
export type Ask = <Value>(
  schema: z.ZodType<Value>,
  call: Call,
  repeats?: Repeats,
) => Promise<RouterAnswer<Value>>;

/** The way in which calls of this scope are made. */
export function createAsk(means: CallMeans, { lane, end, patience, watch }: CallScope): Ask {
  const { open, clock, budget } = means;

  async function attempt<Value>(schema: z.ZodType<Value>, call: Call, endsAt: Date) {
    if (attemptLimit(clock.now(), endsAt) <= 0) return noTimeLeft;
    const client = await open();
    const permission = await budget.take(lane, endsAt);
    if (permission.kind === 'refused') return overBudget(permission.retryAfterSeconds);
    const limit = Math.max(1, attemptLimit(clock.now(), endsAt));
    const heard = await exchange(client, call, clock.deadline(limit)).finally(permission.over);
    const answer = readAnswer(heard, schema, clock.now());
    if (answer.kind === 'unavailable' && answer.status === 429) budget.pause(answer.retryAfterSeconds);
    return answer;
  }

  return (schema, call, repeats) => {
    const endsAt = endOfCall(clock.now(), end);
    const once = async (repetition: number) => {
      const answer = await attempt(schema, call, endsAt);
      const { kind, status } = { status: undefined, ...answer };
      const over = { lane, repetition, answer: kind, ...(status !== undefined && { status }) };
      means.watch?.(over);
      watch?.(over);
      return answer;
    };
    return untilAnswered(once, { end: endsAt, patience }, means, repeats);
  };
}

const noTimeLeft = { kind: 'unavailable', message: 'No time was left to ask' } as const;

const overBudget = (retryAfterSeconds: number) =>
  ({
    kind: 'unavailable',
    message: 'The request budget of this app is used up',
    retryAfterSeconds,
  }) as const;
