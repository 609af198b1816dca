/** Keeps a soak going: kills the app at its points, and skips the time in which nobody does anything. */
import type { Clock } from '../src/clock.ts';
import type { AppProcess } from './appProcess.ts';
import type { EmulatorProcess } from './emulatorProcess.ts';

/** When nothing has arrived for so long, everybody is waiting for the clock. */
const QUIET_MILLISECONDS = 300;

/** When looking and skipping ahead has brought nothing so often in a row, nothing will ever come: some 40 s. */
const FRUITLESS_LOOKS = 600;

const LOOK_EVERY_MILLISECONDS = 50;

export interface Course {
  readonly clock: Clock;
  readonly emulator: EmulatorProcess;
  readonly app: AppProcess;
  /** How many jobs must be closed for each kill, in order. */
  readonly killAt: readonly number[];
  readonly closed: () => number;
  /** When an event was last heard of for the first time, in milliseconds. */
  readonly heardAt: () => number;
  readonly onLook: (kills: number) => void;
}

/** How it went. */
export interface Driven {
  readonly kills: number;
  readonly skippedMilliseconds: number;
}

/** Goes on until `isOver`, or until nothing is left that could still happen. */
export async function drive(course: Course, isOver: () => Promise<boolean>): Promise<Driven> {
  const { clock, emulator, app, killAt } = course;
  let kills = 0;
  let skippedMilliseconds = 0;
  let fruitless = 0;
  while (kills < killAt.length || !(await isOver())) {
    course.onLook(kills);
    if (course.closed() >= (killAt[kills] ?? Infinity)) {
      await app.killAndRestart();
      kills += 1;
    } else if (clock.now().getTime() - course.heardAt() > QUIET_MILLISECONDS) {
      skippedMilliseconds += await emulator.skipToNextDue();
      fruitless += 1;
      if (fruitless > FRUITLESS_LOOKS) break;
    } else fruitless = 0;
    await clock.wait(LOOK_EVERY_MILLISECONDS);
  }
  return { kills, skippedMilliseconds };
}
