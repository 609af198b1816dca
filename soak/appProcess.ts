/** The Functions host with the built app, which is killed again and again and comes back at the same address. */
import { APP_ROOT } from '../emulator/app.ts';
import { type HostProcess, startHostProcess } from '../emulator/hostProcess.ts';
import { automation } from './routing.ts';

export interface AppProcess {
  readonly url: string;
  readonly functionUrl: (name: string) => string;
  /** SIGKILL, and a new process as soon as the old one is gone. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startApp(
  connectionString: string,
  onLog: (message: string) => void,
): Promise<AppProcess> {
  const start = (port: number): Promise<HostProcess> =>
    startHostProcess({
      appRoot: APP_ROOT,
      port,
      environment: {
        COMMUNICATION_CONNECTION_STRING: connectionString,
        AUTOMATION_RULES: JSON.stringify({ automation }),
        RECONCILE_SCHEDULE: '*/5 * * * * *',
        // The soak is about what becomes of events and not about the pace the service allows.
        ROUTER_REQUESTS_PER_10_SECONDS: '10000',
      },
      onLog: ({ message }) => onLog(message),
    });
  let host = await start(0);
  const { url } = host;
  const port = Number(new URL(url).port);

  return {
    url,
    functionUrl: (name) => {
      const found = host.functions.find((fn) => fn.name === name)?.urls[0];
      if (found === undefined) throw new Error(`The app has no function "${name}" that is woken by events`);
      return found;
    },
    async killAndRestart() {
      process.kill(host.pid, 'SIGKILL');
      await host.ended;
      host = await start(port);
    },
    stop: () => host.close(),
  };
}
