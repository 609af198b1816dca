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

export function createTimerTriggers({ invoke, clock, environment }: Parts): TriggerKind {
  const targets: TimerFunction[] = [];
  const iso = (when: Instant) => new Date(when).toISOString();

  function payload({ bindingName, everySeconds }: TimerFunction, reason: string): TriggerPayload {
    const now = clock.now();
    const next = everySeconds === undefined ? now : nextRun(now, everySeconds);
    const timer = {
      Schedule: { AdjustForDST: true },
      ScheduleStatus: { Last: iso(now), Next: iso(next), LastUpdated: iso(now) },
      IsPastDue: false,
    };
    const inputData = [{ name: bindingName, data: { json: JSON.stringify(timer) } }];
    return { inputData, triggerMetadata: {}, reason };
  }

  const fire = (target: TimerFunction) =>
    invoke(target.fn, payload(target, `Timer fired at ${iso(clock.now())}`)).then(() => undefined);

  /** Runs follow one another: the next one is set when the last one has ended, as the timer listener does. */
  function keep(target: TimerFunction, everySeconds: number): () => void {
    let isKept = true;
    let cancel = () => {};
    const arm = () => {
      cancel = clock.at(nextRun(clock.now(), everySeconds), async () => {
        await fire(target);
        if (isKept) arm();
      });
    };
    arm();
    return () => {
      isKept = false;
      cancel();
    };
  }

  return {
    type: 'timerTrigger',
    add(fn, bindingName, binding) {
      const { schedule, runOnStartup } = timerBinding.parse(binding);
      const resolved = resolveSettings(schedule, environment);
      const target = { fn, bindingName, everySeconds: intervalSeconds(resolved), runOnStartup };
      targets.push(target);
      const note =
        target.everySeconds === undefined
          ? `NOT SCHEDULED: this host does not keep "${resolved}"; run it with POST /admin/functions/${fn.metadata.name}`
          : `every ${target.everySeconds} s`;
      return {
        fn,
        describe: () => ({
          name: fn.metadata.name,
          triggerType: 'timerTrigger',
          methods: [],
          urls: [],
          note,
        }),
        payloadOf: () => payload(target, CALLED_BY_HAND),
      };
    },
    start() {
      const stops: (() => void)[] = [];
      for (const target of targets) {
        if (target.runOnStartup) stops.push(clock.at(clock.now(), () => fire(target)));
        if (target.everySeconds !== undefined) stops.push(keep(target, target.everySeconds));
      }
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
