/** What infra says, as it is written down. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

export const repositoryRoot = fileURLToPath(new URL('../../../', import.meta.url));

const names = z.record(z.string(), z.string());
const manifest = z.object({ scripts: names });
const localSettings = z.object({ Values: names });
const signals = z.object({
  functions: names,
  logLine: z.array(z.string()),
  outcomes: z.array(z.string()),
  metrics: names,
});
const containers = z.object({
  azdService: z.string(),
  deploymentContainer: z.string(),
  deadLetterContainer: z.string(),
  parkedEventsQueue: z.string(),
  deferredWorkQueue: z.string(),
});

export interface InfraSources {
  /** Text of every Bicep, parameter and query file and of the workbook, by path from the root. */
  readonly files: Readonly<Record<string, string>>;
  readonly eventSubscriptions: Readonly<Record<string, readonly string[]>>;
  readonly signals: z.infer<typeof signals>;
  readonly names: z.infer<typeof containers>;
  readonly localSettings: Readonly<Record<string, string>>;
  readonly azureYaml: string;
  readonly readme: string;
  /** Scripts of package.json. */
  readonly scripts: Readonly<Record<string, string>>;
  /** Whether a file of the repository exists. */
  readonly exists: (path: string) => boolean;
}

const read = (path: string): string => readFileSync(`${repositoryRoot}${path}`, 'utf8');

export function readInfraSources(): InfraSources {
  const paths = readdirSync(`${repositoryRoot}infra`, { recursive: true, encoding: 'utf8' })
    .map((path) => `infra/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.(bicep|bicepparam|kql)$|\/workbook\.json$/.test(path));
  return {
    files: Object.fromEntries(paths.sort().map((path) => [path, read(path)])),
    eventSubscriptions: z
      .record(z.string(), z.array(z.string()))
      .parse(JSON.parse(read('infra/eventSubscriptions.json'))),
    signals: signals.parse(JSON.parse(read('infra/signals.json'))),
    names: containers.parse(JSON.parse(read('infra/names.json'))),
    localSettings: localSettings.parse(JSON.parse(read('local.settings.json.example'))).Values,
    azureYaml: read('azure.yaml'),
    readme: read('infra/README.md'),
    scripts: manifest.parse(JSON.parse(read('package.json'))).scripts,
    exists: (path) => existsSync(`${repositoryRoot}${path}`),
  };
}

/** The Bicep files among the sources. */
export const bicepFiles = ({ files }: InfraSources): readonly (readonly [path: string, text: string])[] =>
  Object.entries(files).filter(([path]) => path.endsWith('.bicep'));
