import { APP_ROOT, eventSubscriptions, quickstartRouting } from '../../emulator/app.ts';
import { instant } from '../../emulator/clock/instant.ts';
import { createManualClock, type ManualClock } from '../../emulator/clock/manualClock.ts';
import { systemPorts } from '../../emulator/ports.ts';
import { createEmulatorSuite, type EmulatorSuite } from '../../emulator/suite.ts';

/** The suite with the built app and a clock that only the test moves. */
export interface TestSuite extends EmulatorSuite {
  readonly clock: ManualClock;
  readonly log: readonly string[];
  /** Calls an HTTP function of the app, which has to answer with success. */
  callApp(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown): Promise<unknown>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts the suite with the built app. Its clock stands at the machine's time, because the clients in other
 * processes sign their requests with theirs.
 *
 * @param root the folder of the app; the repository's own unless given.
 */
export async function startTestSuite(
  settings: Readonly<Record<string, string>> = {},
  root: string = APP_ROOT,
): Promise<TestSuite> {
  const clock = createManualClock(instant(systemPorts().clock.now()));
  const log: string[] = [];
  const suite = await createEmulatorSuite({
    ports: { ...systemPorts(), clock },
    app: {
      root,
      port: 0,
      settings,
      subscriptions: await eventSubscriptions(),
      onLog: (entry) => void log.push(entry.message),
    },
  });
  const hostUrl = suite.host?.url ?? '';
  return {
    ...suite,
    clock,
    log,
    async callApp(method, path, body) {
      const answer = await fetch(`${hostUrl}/api/${path}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
      return JSON.parse(text);
    },
    [Symbol.asyncDispose]: () => suite.close(),
  };
}

/** Provisions the quickstart's routing document. */
export const provisionQuickstart = async (suite: TestSuite) =>
  suite.callApp('PUT', 'routing', await quickstartRouting());
