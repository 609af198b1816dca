/**
 * Wires the app, once, when the first invocation asks for it. Nothing happens at import: a cold start loads
 * modules only, and a wrong setting is told by the invocation that meets it instead of breaking the load.
 */
import { randomUUID } from 'node:crypto';
import type { Automation } from './automation/rules.ts';
import { type Clock, systemClock } from './clock.ts';
import { readConfig } from './config.ts';
import type { JobRouter } from './jobRouter/jobRouter.ts';
import { openJobRouter } from './jobRouter/openJobRouter.ts';

/** Everything a handler may reach for. */
export interface App {
  /** The automation in force now; read again by itself when its source changes. */
  readonly automation: () => Promise<Automation>;
  readonly router: JobRouter;
  readonly deferrals: Deferrals;
  readonly work: WorkCaller;
  readonly clock: Clock;
  /** A fresh id for a job whose caller named none. */
  readonly newId: () => string;
}

let built: Promise<App> | undefined;

/**
 * The app, built on the first call. Where building fails, every call that waited for it is rejected and the
 * next one tries again, so that an app whose settings are mended recovers by itself.
 *
 * @throws ConfigError naming every setting that is wrong.
 */
export function getApp(): Promise<App> {
  built ??= build().catch((problem: unknown) => {
    built = undefined;
    throw problem;
  });
  return built;
}

/** Puts another app in place, for tests. Returns what puts the former one back. */
export function replaceApp(app: App): () => void {
  const former = built;
  built = Promise.resolve(app);
  return () => {
    built = former;
  };
}

async function build(): Promise<App> {
  const { connection, rules } = readConfig(process.env);
  const clock = systemClock;
  return { rules, router: openJobRouter(connection, { clock }), clock, newId: randomUUID };
}
