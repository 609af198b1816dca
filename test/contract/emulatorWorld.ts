import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instant } from '../../emulator/clock/instant.ts';
import { createManualClock } from '../../emulator/clock/manualClock.ts';
import { createSystemClock } from '../../emulator/clock/systemClock.ts';
import { makeDevelopmentCertificate } from '../../emulator/developmentCertificate.ts';
import { createRouterEngine } from '../../emulator/router/engine/createRouterEngine.ts';
import { noDelays } from '../../emulator/router/engine/delays.ts';
import { createRouterServer } from '../../emulator/router/http/server.ts';
import { createRouter } from '../../emulator/router/router.ts';
import { parseExpression } from '../../emulator/router/rules/parseExpression.ts';

const ACCESS_KEY = 'Y29udHJhY3Qta2V5';

/** A Job Router to hold the contract against. */
export interface ContractWorld {
  readonly connectionString: string;
  /** PEM, where the router's certificate is not one that everybody trusts; and where it lies. */
  readonly certificate?: { readonly pem: string; readonly path: string };
  /** Lets the router get on with what it does by itself, before somebody looks again. */
  letItWork(): Promise<void>;
  close(): Promise<void>;
}

export interface EmulatorWorldOptions {
  readonly https: boolean;
  /** Lets the router keep the machine's time. Otherwise it stands still until it is let work. */
  readonly runsByItself?: boolean;
}

/** The emulator behind its real HTTP server. */
export async function startEmulatorWorld(options: EmulatorWorldOptions): Promise<ContractWorld> {
  const { https, runsByItself = false } = options;
  const machine = createSystemClock();
  const manual = createManualClock(instant(machine.now()));
  const clock = runsByItself ? machine : manual;
  let ids = 0;
  const newId = () => `0f0e1d2c-0000-4000-8000-${String(ids++).padStart(12, '0')}`;

  const folder = await mkdtemp(join(tmpdir(), 'contract-'));
  const certificate = https
    ? await makeDevelopmentCertificate(join(folder, 'router.pem'), new Date(machine.now()))
    : undefined;
  const server = createRouterServer({
    router: createRouter({
      startEngine: (ports, saved) => createRouterEngine({ ...ports, parseExpression }, noDelays, saved),
      clock,
      newId,
      random: () => 0,
      onFact: () => {},
    }),
    clock,
    // Clients in this and in other processes date their requests by the machine.
    callersClock: machine,
    newId,
    accessKey: ACCESS_KEY,
    ...(certificate && { https: certificate }),
  });
  const port = Number(new URL(await server.listen({ host: '127.0.0.1', port: 0 })).port);

  return {
    connectionString: `endpoint=${https ? 'https' : 'http'}://127.0.0.1:${port};accesskey=${ACCESS_KEY}`,
    ...(certificate && {
      certificate: { pem: await readFile(certificate.path, 'utf8'), path: certificate.path },
    }),
    letItWork: () => manual.settle(),
    async close() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
