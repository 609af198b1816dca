/** Timer triggers: kept where the schedule is simple, always listed, always runnable by hand. */
import * as z from 'zod';
import type { Clock } from '../../clock/clock.ts';
import { type Instant, instant } from '../../clock/instant.ts';
import { type Environment, resolveSettings } from '../settings.ts';
import type { Invoke, TriggerPayload } from '../worker/invocation.ts';
import type { RegisteredFunction } from '../worker/rpc.ts';
import { intervalSeconds } from './schedule.ts';
import { CALLED_BY_HAND, type TriggerKind } from './trigger.ts';

const timerBinding = z.looseObject({
  schedule: z.string().min(1),
  runOnStartup: z.boolean().default(false),
});

interface TimerFunction {
  readonly fn: RegisteredFunction;
  readonly bindingName: string;
  readonly everySeconds: number | undefined;
  readonly runOnStartup: boolean;
}

interface Parts {
  readonly invoke: Invoke;
  readonly clock: Clock;
  readonly environment: Environment;
}

/** The first full interval after `now`. Where we guessed: time spans count from the full day as well. */
function nextRun(now: Instant, everySeconds: number): Instant {
  const interval = everySeconds * 1000;
  return instant((Math.floor(now / interval) + 1) * interval);
}

const iso = (when: Instant) => new Date(when).toISOString();

function payload({ bindingName, everySeconds }: TimerFunction, now: Instant, reason: string): TriggerPayload {
  const next = everySeconds === undefined ? now : nextRun(now, everySeconds);
  const timer = {
    Schedule: { AdjustForDST: true },
    ScheduleStatus: { Last: iso(now), Next: iso(next), LastUpdated: iso(now) },
    IsPastDue: false,
  };
  const inputData = [{ name: bindingName, data: { json: JSON.stringify(timer) } }];
  return { inputData, triggerMetadata: {}, reason };
}

/** What a person should know about when this host wakes the function. */
const noteOf = ({ fn, everySeconds }: TimerFunction, schedule: string) =>
  everySeconds === undefined
    ? `NOT SCHEDULED: this host does not keep "${schedule}"; run it with POST /admin/functions/${fn.metadata.name}`
    : `every ${everySeconds} s`;

/**
 * Runs `fire` at every full interval until the answer is called. Runs follow one another: the next one is set when the
 * last one has ended, as the timer listener does.
 */
function keep(clock: Clock, everySeconds: number, fire: () => Promise<void>): () => void {
  let isKept = true;
  let cancel = () => {};
  const arm = () => {
    cancel = clock.at(nextRun(clock.now(), everySeconds), async () => {
      await fire();
      if (isKept) arm();
    });
  };
  arm();
  return () => {
    isKept = false;
    cancel();
  };
}

export function createTimerTriggers({ invoke, clock, environment }: Parts): TriggerKind {
  const targets: TimerFunction[] = [];

  async function fire(target: TimerFunction): Promise<void> {
    const now = clock.now();
    await invoke(target.fn, payload(target, now, `Timer fired at ${iso(now)}`));
  }

  /** Starts what pulls one function; the answers stop it. */
  function start(target: TimerFunction): (() => void)[] {
    const { runOnStartup, everySeconds } = target;
    const stops: (() => void)[] = [];
    if (runOnStartup) stops.push(clock.at(clock.now(), () => fire(target)));
    if (everySeconds !== undefined) stops.push(keep(clock, everySeconds, () => fire(target)));
    return stops;
  }

  return {
    type: 'timerTrigger',
    add(fn, bindingName, binding) {
      const { schedule, runOnStartup } = timerBinding.parse(binding);
      const resolved = resolveSettings(schedule, environment);
      const target = { fn, bindingName, everySeconds: intervalSeconds(resolved), runOnStartup };
      targets.push(target);
      const { name } = fn.metadata;
      const note = noteOf(target, resolved);
      return {
        fn,
        describe: () => ({ name, triggerType: 'timerTrigger', methods: [], urls: [], note }),
        payloadOf: () => payload(target, clock.now(), CALLED_BY_HAND),
      };
    },
    start() {
      const stops = targets.flatMap(start);
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
