import { APP_ROOT } from '../../emulator/app.ts';
import { type HostProcess, startHostProcess } from '../../emulator/hostProcess.ts';

/** The built app in a host that asks for keys as Azure does, as a stranger on the network meets it. */
export interface AppHost extends HostProcess {
  /** Of the host: opens every function of the level `function`. */
  readonly key: Readonly<Record<string, string>>;
  readonly masterKey: Readonly<Record<string, string>>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** An access key that must not be seen anywhere. */
export const ROUTER_KEY = Buffer.from('the access key of these tests').toString('base64');

/** Starts it before the router at an address; nothing answers there unless something is given. */
export async function startAppHost(
  routerUrl = 'http://127.0.0.1:1/',
  settings: Readonly<Record<string, string>> = {},
): Promise<AppHost> {
  const host = await startHostProcess({
    appRoot: APP_ROOT,
    port: 0,
    functionKeys: true,
    environment: {
      COMMUNICATION_CONNECTION_STRING: `endpoint=${routerUrl};accesskey=${ROUTER_KEY}`,
      COMMUNICATION_ENDPOINT: '',
      AUTOMATION_RULES: '{"automation":{"rules":[]}}',
      AzureWebJobsStorage: '',
      ...settings,
    },
    onLog: () => undefined,
  });
  return {
    ...host,
    key: { 'x-functions-key': host.keys?.host ?? '' },
    masterKey: { 'x-functions-key': host.keys?.master ?? '' },
    [Symbol.asyncDispose]: () => host.close(),
  };
}
