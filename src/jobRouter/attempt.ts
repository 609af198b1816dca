import type { RouterAnswer } from './answer.ts';
import type { Lane } from './lane.ts';

/** One request that was sent, or that got no turn. */
export interface Attempt {
  readonly lane: Lane;
  /** How many attempts at the same call came before it. */
  readonly repetition: number;
  /** Absent where no HTTP answer arrived. */
  readonly status?: number;
  readonly answer: RouterAnswer<unknown>['kind'];
}

/** Told of every attempt once it is over, for whoever counts them. */
export type Watch = (attempt: Attempt) => void;
