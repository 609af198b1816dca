/** What the app is, asked of the app itself wherever it can answer. */
import { readdirSync, readFileSync } from 'node:fs';
import { supplyCoreModule } from '../../../emulator/functionsHost/worker/supplyCoreModule.ts';
import { createWorkerCore } from '../../../emulator/functionsHost/worker/workerCore.ts';
import { whyNothing } from '../../../src/automation/passing.ts';
import { ConfigError, readConfig } from '../../../src/config.ts';
import { typeOf } from '../../../src/events/eventType.ts';
import { routerEvent } from '../../../src/events/routerEvent.ts';
import { logLine } from '../../../src/handling/logLine.ts';
import { reactions } from '../../../src/handling/reactions.ts';
import { mustRetry, type Outcome } from '../../../src/outcome.ts';

export interface AppFunction {
  readonly name: string;
  /** `eventGrid`, `http`: the trigger's type without its last word. */
  readonly kind: string;
  /** Of an HTTP function, below the prefix `api`. */
  readonly route?: string | undefined;
  readonly outputs: readonly { readonly queueName: string; readonly connection: string }[];
}

export interface AppFacts {
  /** Registered by the app when its entry is imported. */
  readonly functions: readonly AppFunction[];
  /** Names of the files in src/functions, without extension. */
  readonly functionFiles: readonly string[];
  /** Event types in full, by the function that acts on them. */
  readonly reactions: Readonly<Record<string, readonly string[]>>;
  /** Event types that something may be done about, in full. */
  readonly eventTypes: readonly string[];
  /** Settings that src/config.ts looks up. */
  readonly settings: readonly string[];
  readonly logLineMembers: readonly string[];
  readonly outcomes: readonly string[];
  /** What the log says about a router that asks for fewer requests. */
  readonly throttledCause: string;
}

export async function readAppFacts(): Promise<AppFacts> {
  const files = readdirSync(new URL('../../../src/functions/', import.meta.url));
  return {
    functions: await registeredFunctions(),
    functionFiles: files.filter((file) => file.endsWith('.ts')).map((file) => file.replace(/\.ts$/, '')),
    reactions: Object.fromEntries(
      Object.entries(reactions).map(([name, kinds]) => [name, kinds.map((kind) => typeOf(kind))]),
    ),
    eventTypes: routerEvent.options
      .map(({ shape }) => shape.kind.value)
      .filter((kind) => !Object.hasOwn(whyNothing, kind))
      .map(typeOf),
    settings: settingsRead(),
    logLineMembers: membersOfALogLine(),
    outcomes: Object.keys(outcomeKinds),
    throttledCause: mustRetry({ kind: 'unavailable', status: 429, message: '' }).cause,
  };
}

async function registeredFunctions(): Promise<readonly AppFunction[]> {
  const core = createWorkerCore(() => undefined);
  supplyCoreModule(core.module);
  await import('../../../src/app.ts');
  return core.functions().map(({ metadata: { name, bindings } }) => {
    const all = Object.values(bindings).map((binding): Readonly<Record<string, unknown>> => binding);
    const trigger = all.find(({ type }) => String(type).endsWith('Trigger'));
    const outputs = all.filter(({ type, direction }) => type === 'queue' && direction === 'out');
    return {
      name,
      kind: String(trigger?.type ?? 'none').replace(/Trigger$/, ''),
      route: typeof trigger?.route === 'string' ? trigger.route : undefined,
      outputs: outputs.map(({ queueName, connection }) => ({
        queueName: String(queueName),
        connection: String(connection),
      })),
    };
  });
}

/** Every name that is looked up in the environment while the settings are read. */
function settingsRead(): readonly string[] {
  const lookedUp = new Set<string>();
  const environment = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get(_, name) {
        if (typeof name === 'string') lookedUp.add(name);
        return undefined;
      },
    },
  );
  try {
    readConfig(environment);
  } catch (problem) {
    // An empty environment is wrong in every way; what matters is what was asked of it.
    if (!(problem instanceof ConfigError)) throw problem;
  }
  return [...new Set([...lookedUp, ...readPastTheConfig()])].filter((name) => /^[A-Z][A-Z0-9_]*$/.test(name));
}

/** Settings that a source file takes from the environment by itself. There should be none; one more is found here. */
function readPastTheConfig(): readonly string[] {
  const folder = new URL('../../../src/', import.meta.url);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(new URL(path.replaceAll('\\', '/'), folder), 'utf8'))
    .flatMap(settingsTakenIn);
}

/** Names a text takes off the environment: `process.env.NAME`, `process.env['NAME']`, `const { NAME } = process.env`. */
export function settingsTakenIn(text: string): readonly string[] {
  const looked = [...text.matchAll(/process\.env(?:\??\.|(?:\?\.)?\[['"`])(\w+)/g)];
  const unpacked = [...text.matchAll(/\{([^{}]*)\}(?::[^=;]+)? = process\.env\b/g)].flatMap(
    ([, names = '']) => [...names.matchAll(/(?:^|,)\s*(\w+)/g)],
  );
  return [...looked, ...unpacked].map(([, name = '']) => name);
}

function membersOfALogLine(): readonly string[] {
  const parsed = { kind: 'unreadable', reason: 'a sample' } as const;
  const outcome = { kind: 'parked', reason: 'a sample' } as const;
  const delivery = { functionName: 'receiveRouterEvents' } as const;
  const telling = { startedAt: new Date(0), endedAt: new Date(0), withLabels: false };
  return Object.keys(logLine(parsed, { kind: 'undecided', outcome }, delivery, telling));
}

/** The compiler holds this list to the union. */
const outcomeKinds = {
  done: true,
  lostRace: true,
  alreadyDone: true,
  ignored: true,
  parked: true,
  mustRetry: true,
} satisfies Record<Outcome['kind'], true>;
