import { DEVELOPMENT_ACCESS_KEY } from './accessKey.ts';
import { seededIds, seededRandom } from './chance.ts';
import type { Instant } from './clock/instant.ts';
import { type ClockMode, createSwitchableClock, type SwitchableClock } from './clock/switchableClock.ts';
import { createSystemClock } from './clock/systemClock.ts';
import { controlSurface } from './control/controlRoutes.ts';
import { createFaults } from './control/faults.ts';
import { hasCode } from './errorCode.ts';
import { createEventGrid, type EventGrid } from './eventGrid/createEventGrid.ts';
import { createHttpSender } from './eventGrid/sender.ts';
import type { SubscribeRequest } from './eventGrid/subscription.ts';
import type { HostLogEntry, HostProcess } from './hostProcess.ts';
import type { HttpServer } from './http/server.ts';
import type { OpenedJournal } from './journal/openJournal.ts';
import { type Ports, systemPorts } from './ports.ts';
import { createRouterEngine } from './router/engine/createRouterEngine.ts';
import { noDelays } from './router/engine/delays.ts';
import type { Delays } from './router/engine/engine.ts';
import { createQuota } from './router/http/quota.ts';
import { createRouterServer } from './router/http/server.ts';
import { createOutsideCalls } from './router/outsideCalls.ts';
import { createRouter, type LiveRouter, lastHeardOf } from './router/router.ts';
import { parseExpression } from './router/rules/parseExpression.ts';

const LOOPBACK = '127.0.0.1';

/** The function app that the suite runs beside the router. */
export interface AppOptions {
  /** The folder that holds package.json and the built bundle. */
  readonly root: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Which event types each Event Grid function is subscribed to, by function name. */
  readonly subscriptions: Readonly<Record<string, readonly string[]>>;
  /** Settings besides the router's address, which the suite supplies. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Makes keys and asks for them, as Azure does. Default: no, as in Core Tools. */
  readonly functionKeys?: boolean;
  readonly onLog?: (entry: HostLogEntry) => void;
}

export interface SuiteOptions {
  /** The router's port; 0 takes a free one. */
  readonly port?: number;
  /** Serves the router over HTTPS with a certificate made on the spot and written to this path. */
  readonly certificatePath?: string;
  /** base64. */
  readonly accessKey?: string;
  readonly delays?: Delays;
  /** Time, ids and chance from outside; `clock` and `seed` mean nothing then. */
  readonly ports?: Ports;
  /** Whether time runs by itself or is moved through the control routes. Default: by itself. */
  readonly clock?: ClockMode;
  /** Makes ids and chance the same each time. */
  readonly seed?: string;
  /** Refuses more requests than the service allows. Default: no. */
  readonly quota?: boolean;
  /** A folder to keep the router in, so that it outlives the process. Default: it lives in memory. */
  readonly data?: string;
  /** Hears what a person at the terminal should know. */
  readonly onNotice?: (line: string) => void;
  readonly app?: AppOptions;
}

export interface EmulatorSuite {
  readonly router: LiveRouter;
  readonly eventGrid: EventGrid;
  /** Only without a clock from outside. */
  readonly switchableClock?: SwitchableClock;
  readonly routerUrl: string;
  readonly connectionString: string;
  /** Only with HTTPS. */
  readonly certificatePath?: string;
  /** Only with an app. */
  readonly host?: HostProcess;
  close(): Promise<void>;
}

/**
 * Starts the Job Router emulator with its Event Grid and, when an app is given, a Functions host that runs it in
 * a process of its own, subscribed through the real handshake. Listens on loopback only. When anything fails to
 * start, whatever had started is stopped before the error reaches the caller.
 */
export async function createEmulatorSuite(options: SuiteOptions = {}): Promise<EmulatorSuite> {
  const opened = options.data ? await openFolder(options.data, options.onNotice) : undefined;
  const { ports, eventPorts, clock } = worldOf(options, opened);
  const accessKey = options.accessKey ?? DEVELOPMENT_ACCESS_KEY;
  const certificate = options.certificatePath
    ? await makeCertificate(options.certificatePath, ports.clock.now())
    : undefined;

  let routerUrl = '';
  const faults = createFaults();
  const eventGrid = createEventGrid({
    ...eventPorts,
    publicUrl: () => routerUrl,
    beforeDelivery: ({ type }) => faults.ofDelivery(type),
  });
  const outsideSender = createHttpSender();
  const outsideCalls = createOutsideCalls({
    send: outsideSender.send,
    clock: ports.clock,
    onAnswer: (callId, outcome) => void router.handle({ type: 'OutsideCallAnswered', callId, outcome }),
  });
  const router: LiveRouter = createRouter({
    startEngine: (enginePorts, saved) =>
      createRouterEngine({ ...enginePorts, parseExpression }, options.delays ?? noDelays, saved),
    ...ports,
    onFact: eventGrid.publish,
    onCall: outsideCalls.make,
    ...opened,
  });
  const server = createRouterServer({
    router,
    clock: ports.clock,
    callersClock: createSystemClock(),
    newId: ports.newId,
    accessKey,
    faultOf: faults.ofOperation,
    ...(options.quota && { checkQuota: createQuota(ports.clock) }),
    ...(opened && { kept: router.kept }),
    ...(certificate && { https: certificate }),
    beside: [controlSurface({ router, eventGrid, faults, ...(clock && { clock }) })],
  });
  let host: HostProcess | undefined;

  async function close(): Promise<void> {
    // Deliveries stop first, so that none is sent to a host that is going away.
    await eventGrid.close();
    outsideCalls.close();
    await outsideSender.close();
    await host?.close();
    await server.close();
    await router.close();
  }

  try {
    routerUrl = await listen(server, options.port ?? 0);
    const connectionString = `endpoint=${routerUrl}/;accesskey=${accessKey}`;
    if (options.app) {
      const { startHostProcess } = await import('./hostProcess.ts');
      host = await startHostProcess({
        appRoot: options.app.root,
        port: options.app.port,
        environment: {
          ...options.app.settings,
          COMMUNICATION_CONNECTION_STRING: connectionString,
          ...(certificate && { NODE_EXTRA_CA_CERTS: certificate.path }),
        },
        onLog: options.app.onLog ?? (() => {}),
        functionKeys: options.app.functionKeys ?? false,
      });
      await subscribeFunctions(eventGrid, host, options.app.subscriptions);
    }
    return {
      router,
      eventGrid,
      routerUrl,
      connectionString,
      ...(clock && { switchableClock: clock }),
      ...(certificate && { certificatePath: certificate.path }),
      ...(host && { host }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface World {
  readonly ports: Ports;
  /** As `ports`, with chance of its own: the pace of deliveries must not shift what the router draws. */
  readonly eventPorts: Ports;
  readonly clock?: SwitchableClock;
}

/** Time goes on where a recovered router was, so that nothing is due a second time. */
function worldOf(options: SuiteOptions, opened: OpenedJournal | undefined): World {
  if (options.ports) return { ports: options.ports, eventPorts: options.ports };
  const startAt = opened && lastHeardOf(opened.recovered);
  const clock = createSwitchableClock(createSystemClock(), options.clock, startAt);
  const machine = { ...systemPorts(), clock };
  if (options.seed === undefined) return { ports: machine, eventPorts: machine, clock };
  // Ids given before a restart must not be given again, even where a clock moved by hand stood still in between.
  const seed = `${options.seed}/${startAt ?? ''}/${opened?.recovered.entries.length ?? ''}`;
  const seeded = (part: string): Ports => ({
    clock,
    newId: seededIds(`${seed}/${part}`),
    random: seededRandom(`${seed}/${part}`),
  });
  return { ports: seeded('router'), eventPorts: seeded('events'), clock };
}

// What makes certificates and what keeps data is seldom needed, so it is loaded where it is.

async function openFolder(path: string, log: SuiteOptions['onNotice']): Promise<OpenedJournal> {
  const { openJournal } = await import('./journal/openJournal.ts');
  return openJournal(path, { log });
}

async function makeCertificate(path: string, now: Instant) {
  const { makeDevelopmentCertificate } = await import('./developmentCertificate.ts');
  return makeDevelopmentCertificate(path, new Date(now));
}

async function listen(server: HttpServer, port: number): Promise<string> {
  try {
    return await server.listen({ host: LOOPBACK, port });
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE')) {
      throw new Error(`Port ${port} is taken; choose another one for the router with --port`, {
        cause: error,
      });
    }
    throw error;
  }
}

async function subscribeFunctions(
  eventGrid: EventGrid,
  host: HostProcess,
  subscriptions: AppOptions['subscriptions'],
): Promise<void> {
  const requests = Object.entries(subscriptions).map(
    ([functionName, includedEventTypes]): SubscribeRequest => ({
      name: functionName,
      endpoint: eventGridUrl(host, functionName),
      filter: { includedEventTypes },
    }),
  );
  await Promise.all(requests.map((request) => subscribeNow(eventGrid, request)));
}

/** Subscribes an endpoint that has to answer the handshake at once. */
export async function subscribeNow(eventGrid: EventGrid, request: SubscribeRequest): Promise<void> {
  const result = await eventGrid.subscribe(request);
  if (result.kind === 'awaitingManualAction') {
    eventGrid.unsubscribe(request.name);
    throw new Error(`${request.endpoint} did not answer the handshake: ${result.problem.message}`);
  }
}

/** The address Event Grid delivers to for one Event Grid function, as the host itself reports it. */
function eventGridUrl({ functions }: HostProcess, functionName: string): string {
  const hosted = functions.find(
    ({ name, triggerType }) => name === functionName && triggerType === 'eventGridTrigger',
  );
  const [url] = hosted?.urls ?? [];
  if (url !== undefined) return url;
  throw new Error(
    `${functionName} is to be subscribed to events, and the app has no Event Grid function of that name`,
  );
}
