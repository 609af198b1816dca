import type { Assertion } from '../facts/facts.ts';
import { bicepFiles } from '../facts/infraSources.ts';
import { resourcesOf, valueAt } from '../facts/prediction.ts';

interface Rule {
  readonly type: string;
  readonly path: string;
  readonly wanted: string | boolean;
  /** Only resources that have this path set to something. */
  readonly where?: string;
}

const noSharedKeys: readonly Rule[] = [
  { type: 'Microsoft.Storage/storageAccounts', path: 'allowSharedKeyAccess', wanted: false },
  { type: 'Microsoft.Storage/storageAccounts', path: 'allowBlobPublicAccess', wanted: false },
  { type: 'Microsoft.Insights/components', path: 'DisableLocalAuth', wanted: true },
  { type: 'Microsoft.OperationalInsights/workspaces', path: 'features.disableLocalAuth', wanted: true },
  { type: 'Microsoft.Web/sites/basicPublishingCredentialsPolicies', path: 'allow', wanted: false },
];

const encryptedTransport: readonly Rule[] = [
  { type: 'Microsoft.Storage/storageAccounts', path: 'minimumTlsVersion', wanted: 'TLS1_2' },
  { type: 'Microsoft.Storage/storageAccounts', path: 'supportsHttpsTrafficOnly', wanted: true },
  { type: 'Microsoft.Web/sites', path: 'httpsOnly', wanted: true },
  { type: 'Microsoft.Web/sites', path: 'siteConfig.minTlsVersion', wanted: '1.2' },
  { type: 'Microsoft.Web/sites', path: 'siteConfig.scmMinTlsVersion', wanted: '1.2' },
  { type: 'Microsoft.Web/sites', path: 'siteConfig.ftpsState', wanted: 'Disabled' },
  {
    type: 'Microsoft.EventGrid/systemTopics/eventSubscriptions',
    path: 'destination.properties.minimumTlsVersionAllowed',
    wanted: '1.2',
    where: 'destination.properties.endpointUrl',
  },
];

const identities: readonly Rule[] = [
  { type: 'Microsoft.Web/sites', path: 'identity.type', wanted: 'UserAssigned' },
  {
    type: 'Microsoft.Web/sites',
    path: 'functionAppConfig.deployment.storage.authentication.type',
    wanted: 'UserAssignedIdentity',
  },
  { type: 'Microsoft.EventGrid/systemTopics', path: 'identity.type', wanted: 'SystemAssigned' },
];

export const sharedKeysAreOff: Assertion = {
  title: 'Shared keys, local auth and publishing passwords are off, and no template lists keys',
  overSources: (facts) => [
    ...bicepFiles(facts.sources)
      .filter(([, text]) => /\blist[A-Z]\w*\(/.test(text))
      .map(([path]) => `${path} lists keys`),
    ...unwritten(facts.sources.files, noSharedKeys),
  ],
  overCompiled: (_, { predictions }) => predictions.flatMap((all) => broken(all, noSharedKeys)),
};

export const transportIsEncrypted: Assertion = {
  title: 'TLS 1.2 or newer everywhere, HTTPS only, no FTP',
  overSources: (facts) => unwritten(facts.sources.files, encryptedTransport),
  overCompiled: (_, { predictions }) => predictions.flatMap((all) => broken(all, encryptedTransport)),
};

export const identitiesAct: Assertion = {
  title: 'The app, its package and the system topic go by the identities that have the roles',
  overSources: (facts) => unwritten(facts.sources.files, identities),
  overCompiled: (_, { predictions }) => predictions.flatMap((all) => broken(all, identities)),
};

type Evaluated = Parameters<typeof resourcesOf>[0];

const broken = (all: Evaluated, rules: readonly Rule[]): readonly string[] =>
  rules.flatMap(({ type, path, wanted, where }) =>
    resourcesOf(all, type)
      .map(({ properties, identity }) => ({ properties: { ...properties, identity } }))
      .filter(({ properties }) => where === undefined || valueAt(properties, where) !== undefined)
      .filter(({ properties }) => valueAt(properties, path) !== wanted)
      .map(
        ({ properties }) =>
          `${path} of ${type} is ${valueAt(properties, path) ?? 'not set'}, not ${wanted} (${all.scenario})`,
      ),
  );

/** Without a compiler: each rule is written wherever a resource of its type is declared. */
const unwritten = (files: Readonly<Record<string, string>>, rules: readonly Rule[]): readonly string[] =>
  rules.flatMap(({ type, path, wanted }) => {
    const declaration = new RegExp(`^resource \\w+ '${type}@[^']+' = (?!existing)`, 'm');
    const last = path.split('.').at(-1);
    const written = new RegExp(`\\b${last}: ${typeof wanted === 'string' ? `'${wanted}'` : wanted}`);
    return Object.entries(files)
      .filter(([file, text]) => file.endsWith('.bicep') && declaration.test(text) && !written.test(text))
      .map(([file]) => `${path} of ${type} is not ${wanted} in ${file}`);
  });
