import type { EmulatorSuite } from '../suite.ts';

/** What programs are told once a suite is ready, as one line of JSON. Members are added, not renamed. */
export interface Ready {
  readonly endpoint: string;
  readonly connectionString: string;
  /** The controls of the emulator. */
  readonly controls: string;
  readonly eventGrid: {
    readonly events: string;
    readonly deliveries: string;
    readonly subscriptions: readonly {
      readonly name: string;
      readonly endpoint: string;
      readonly provisioningState: string;
    }[];
  };
  /** To be trusted by clients: only with HTTPS. */
  readonly certificatePath?: string;
  /** Only with an app. */
  readonly functionsHost?: Pick<NonNullable<EmulatorSuite['host']>, 'url' | 'functions' | 'keys'>;
}

/** Where everything of a suite is. */
export function readyFor({
  routerUrl,
  connectionString,
  eventGrid,
  certificatePath,
  host,
}: EmulatorSuite): Ready {
  const controls = `${routerUrl}/_emulator`;
  return {
    endpoint: routerUrl,
    connectionString,
    controls,
    eventGrid: {
      events: `${controls}/events`,
      deliveries: `${controls}/deliveries`,
      subscriptions: eventGrid
        .subscriptions()
        .map(({ name, endpoint, provisioningState }) => ({ name, endpoint, provisioningState })),
    },
    ...(certificatePath && { certificatePath }),
    ...(host && {
      functionsHost: {
        url: host.url,
        functions: host.functions,
        ...(host.keys && { keys: host.keys }),
      },
    }),
  };
}
