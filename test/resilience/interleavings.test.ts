import { describe, expect, it } from 'vitest';
import { eventGridEnvelope, type PublishedEvent } from '../../emulator/eventGrid/envelope.ts';
import type { RouterState } from '../../emulator/router/journal.ts';
import { handleRouterEvent } from '../../src/handleRouterEvent.ts';
import { WEBHOOK } from '../../src/handling/reactions.ts';
import { idFrom, type JobId } from '../../src/jobRouter/ids.ts';
import { isAcknowledged } from '../../src/outcome.ts';
import {
  provisionQueue,
  registerWorker,
  simulatedWorld,
  submitJob,
  type World,
} from '../support/simulation/world.ts';

const rules = { rules: [{ name: 'all', accept: 'auto', complete: 'onAccept', close: {}, delete: true }] };
const JOB = idFrom<JobId>('job-1');

/** The events of one job's life that are delivered, in the order in which they happen. */
const LIFE = [
  'RouterJobReceived',
  'RouterJobQueued',
  'RouterWorkerOfferIssued',
  'RouterWorkerOfferAccepted',
  'RouterJobCompleted',
  'RouterJobClosed',
];

/** What a person has done of it before the app hears anything; the rest is the app's to do. */
const doneByHand = [
  async () => {},
  async ({ router, outside }: World) => {
    const [worker] = router.read.workers();
    const [offer] = worker?.offers ?? [];
    await outside.acceptOffer(idFrom('worker-1'), idFrom(offer?.offerId ?? ''));
  },
  async (world: World) => world.outside.completeAssignment(JOB, assignmentOf(world), {}),
  async (world: World) => world.outside.closeAssignment(JOB, assignmentOf(world), {}),
];

const assignmentOf = ({ router }: World) =>
  idFrom<never>(router.read.jobs()[0]?.assignments[0]?.assignmentId ?? '');

/** A point in the exploration: what the router holds, and which events wait to be delivered, each as often as it says. */
interface Moment {
  readonly held: RouterState;
  readonly waiting: readonly PublishedEvent[];
}

interface Explored {
  /** In how many different orders the events can come from here on. */
  readonly orders: number;
}

/** Goes every way from a moment to its ends, each moment once: what follows depends on nothing else. */
class Exploration {
  readonly ends = new Set<string>();
  readonly #world: World;
  readonly #duplicated: string | undefined;
  readonly #known = new Map<string, Explored>();

  constructor(world: World, duplicated: string | undefined) {
    this.#world = world;
    this.#duplicated = duplicated;
  }

  async from(moment: Moment): Promise<Explored> {
    const key = keyOf(moment);
    const known = this.#known.get(key);
    if (known) return known;
    // A way that leads back to where it began adds no order of its own.
    this.#known.set(key, { orders: 0 });
    const explored = { orders: await this.#allWaysFrom(moment) };
    this.#known.set(key, explored);
    return explored;
  }

  /** The events that wait now that the router has published some, one of them twice where it is the chosen one. */
  takePublished(after: number): PublishedEvent[] {
    return this.#world.eventGrid
      .events()
      .slice(after)
      .filter((event) => LIFE.includes(nameOf(event)))
      .flatMap((event) => (nameOf(event) === this.#duplicated ? [event, event] : [event]));
  }

  async #allWaysFrom(moment: Moment): Promise<number> {
    if (moment.waiting.length === 0) {
      this.#world.router.load(moment.held);
      this.ends.add(JSON.stringify(ending(this.#world)));
      return 1;
    }
    let orders = 0;
    for (const name of new Set(moment.waiting.map(nameOf))) {
      orders += (await this.from(await this.#deliver(name, moment))).orders;
    }
    return orders;
  }

  async #deliver(name: string, { held, waiting }: Moment): Promise<Moment> {
    const { router, eventGrid, app, time } = this.#world;
    router.load(held);
    const place = waiting.findIndex((event) => nameOf(event) === name);
    const event = waiting[place];
    if (event === undefined) throw new Error(`${name} does not wait`);
    const published = eventGrid.events().length;
    const outcome = await handleRouterEvent(eventGridEnvelope(event, eventGrid.topic), {
      functionName: WEBHOOK,
      app,
      log: () => {},
    });
    await time.settle();
    const left = isAcknowledged(outcome) ? waiting.toSpliced(place, 1) : waiting;
    return { held: router.save(), waiting: [...left, ...this.takePublished(published)] };
  }
}

const nameOf = ({ type }: PublishedEvent): string => type.replace('Microsoft.Communication.', '');

/** Ids are drawn anew on each way, and mean the same. */
function keyOf({ held, waiting }: Moment): string {
  const ids = new Map<string, string>();
  const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  const text = JSON.stringify([
    held.engine,
    waiting
      .map(({ type, data }) => [type, data])
      .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  ]);
  return text.replace(guid, (id) => {
    const known = ids.get(id) ?? `id-${ids.size}`;
    ids.set(id, known);
    return known;
  });
}

const ending = ({ router }: World) => ({
  jobs: router.read.jobs().map(({ id, status }) => `${id} ${status}`),
  workers: router.read.workers().map(({ id, state, loadRatio }) => `${id} ${state} ${loadRatio}`),
});

async function explore(movesByHand: number, duplicated: string | undefined) {
  const world = await simulatedWorld({ rules, isSubscribed: false });
  await provisionQueue(world);
  await registerWorker(world, 'worker-1');
  await world.time.pass(1);
  const published = world.eventGrid.events().length;
  await submitJob(world, JOB);
  await world.time.pass(1);
  for (const move of doneByHand.slice(1, movesByHand + 1)) {
    await move(world);
    await world.time.pass(1);
  }
  const exploration = new Exploration(world, duplicated);
  const waiting = exploration.takePublished(published);
  const { orders } = await exploration.from({ held: world.router.save(), waiting });
  return { orders, begunWith: waiting.length, ends: [...exploration.ends] };
}

const THE_END = JSON.stringify({ jobs: [], workers: ['worker-1 active 0'] });

describe('the events of one job, in every order in which they can come', () => {
  it('end the same when a person has done it all: 720 orders of six events', async () => {
    const { orders, begunWith, ends } = await explore(3, undefined);
    expect({ orders, begunWith }).toEqual({ orders: 720, begunWith: 6 });
    expect(ends).toEqual([THE_END]);
  });

  it.each(LIFE)('end the same when %s comes twice: 2,520 orders of seven', async (duplicated) => {
    const { orders, begunWith, ends } = await explore(3, duplicated);
    expect({ orders, begunWith }).toEqual({ orders: 2520, begunWith: 7 });
    expect(ends).toEqual([THE_END]);
  });

  const cases = [0, 1, 2].flatMap((moves) => [undefined, ...LIFE].map((name) => [moves, name] as const));
  it.each(cases)(
    'end the same when the app does it from move %i on, and %s comes twice',
    async (moves, name) => {
      const { ends } = await explore(moves, name);
      expect(ends).toEqual([THE_END]);
    },
  );
});
