import { beforeAll, describe, expect, it } from 'vitest';
import { allAssertions } from '../../infra/check/assertions/all.ts';
import { alwaysReady } from '../../infra/check/assertions/alwaysReady.ts';
import { appSettings } from '../../infra/check/assertions/appSettings.ts';
import { compilesCleanly } from '../../infra/check/assertions/compilesCleanly.ts';
import { deliveryHeals } from '../../infra/check/assertions/delivery.ts';
import { eventTypes } from '../../infra/check/assertions/eventTypes.ts';
import { functionNames } from '../../infra/check/assertions/functionNames.ts';
import {
  identitiesAct,
  sharedKeysAreOff,
  transportIsEncrypted,
} from '../../infra/check/assertions/hardening.ts';
import { hooks } from '../../infra/check/assertions/hooks.ts';
import { monitoring } from '../../infra/check/assertions/monitoring.ts';
import { parametersDescribed } from '../../infra/check/assertions/parametersDescribed.ts';
import { parametersSet } from '../../infra/check/assertions/parametersSet.ts';
import { roles } from '../../infra/check/assertions/roles.ts';
import { secretsInOutputs } from '../../infra/check/assertions/secretsInOutputs.ts';
import { type AppFacts, readAppFacts, settingsTakenIn } from '../../infra/check/facts/appFacts.ts';
import type { Assertion, Compiled, Facts } from '../../infra/check/facts/facts.ts';
import { type InfraSources, readInfraSources } from '../../infra/check/facts/infraSources.ts';
import { judge } from '../../infra/check/judge.ts';

let facts: Facts;
beforeAll(async () => {
  facts = { app: await readAppFacts(), sources: readInfraSources() };
});

const app = (changed: Partial<AppFacts>): Facts => ({ ...facts, app: { ...facts.app, ...changed } });
const sources = (changed: Partial<InfraSources>): Facts => ({
  ...facts,
  sources: { ...facts.sources, ...changed },
});

/** The sources with one text of one file replaced. */
function edited(path: string, text: string | RegExp, replacement: string): Facts {
  const before = facts.sources.files[path] ?? '';
  const after = before.replace(text, replacement);
  if (after === before) throw new Error(`${path} does not hold ${text}`);
  return sources({ files: { ...facts.sources.files, [path]: after } });
}

const failures = (assertion: Assertion, broken: Facts, compiled?: Compiled) =>
  judge(assertion, broken, compiled).failures;

/** What the compiler answers for one resource. */
const compiledTo = (type: string, properties: Record<string, unknown>, id = ''): Compiled => ({
  diagnostics: [],
  templates: {},
  predictions: [
    {
      scenario: 'a scenario',
      diagnostics: [],
      outputs: {},
      predictedResources: [{ type, id, name: 'one', properties }],
    },
  ],
});

describe('infra as it is', () => {
  it('passes every assertion that can be made over the sources', () => {
    const all = allAssertions.map((assertion) => judge(assertion, facts));
    expect(all.flatMap((verdict) => verdict.failures)).toEqual([]);
  });

  it('marks what it could not look at without a compiler', () => {
    expect(judge(compilesCleanly, facts).isPartial).toBe(true);
    expect(judge(hooks, facts).isPartial).toBe(false);
  });
});

describe('functions', () => {
  it('names a function that was renamed in src, and every place that does not follow', () => {
    const renamed = app({
      functionFiles: facts.app.functionFiles.map((name) => (name === 'closeJob' ? 'endJob' : name)),
      functions: facts.app.functions.map((one) =>
        one.name === 'closeJob' ? { ...one, name: 'endJob' } : one,
      ),
    });
    expect(failures(functionNames, renamed)).toEqual([
      'function endJob is in src/functions and missing in infra/signals.json (functions)',
      'function closeJob is in infra/signals.json (functions) and missing in src/functions',
      'function endJob is in src/functions (as an Event Grid function) and missing in infra/eventSubscriptions.json',
      'function closeJob is in infra/eventSubscriptions.json and missing in src/functions (as an Event Grid function)',
    ]);
  });

  it('names an HTTP function that infra does not know', () => {
    const added = app({
      functionFiles: [...facts.app.functionFiles, 'forecastQueues'],
      functions: [
        ...facts.app.functions,
        { name: 'forecastQueues', kind: 'http', route: 'queues/forecast', outputs: [] },
      ],
    });
    expect(failures(functionNames, added)).toEqual([
      'function forecastQueues is in src/functions and missing in infra/signals.json (functions)',
    ]);
  });

  it('names a file in src/functions that the app does not import', () => {
    const unregistered = app({ functionFiles: [...facts.app.functionFiles, 'forgotten'] });
    expect(failures(functionNames, unregistered)).toContain(
      'function forgotten is in src/functions and missing in src/app.ts (as registered)',
    );
  });

  it('names an always-ready function, a retry policy and a webhook of functions that do not exist', () => {
    expect(
      failures(functionNames, edited('infra/main.bicep', "'function:acceptOffer'", "'function:takeOffer'")),
    ).toEqual([
      'always-ready function takeOffer is in infra/main.bicep and missing in src/functions (as an Event Grid function)',
    ]);
    expect(
      failures(functionNames, edited('infra/subscriptions.bicep', '  acceptOffer: {', '  takeOffer: {')),
    ).toEqual([
      'retry policy of takeOffer is in infra/subscriptions.bicep and missing in src/functions (as an Event Grid function)',
    ]);
    expect(
      failures(functionNames, edited('infra/subscriptions.bicep', '-receiveRouterEvents', '-receiveEvents')),
    ).toEqual(['function receiveEvents is in infra/subscriptions.bicep and missing in src/functions']);
  });

  it('names a function that the compiled subscriptions leave out', () => {
    const compiled = compiledTo('Microsoft.EventGrid/systemTopics/eventSubscriptions', {
      destination: { properties: { resourceId: '/sites/func/functions/acceptOffer' } },
    });
    expect(failures(functionNames, facts, compiled)).toContain(
      'function tidyJob is in src/functions (as an Event Grid function) and missing in the compiled event subscriptions',
    );
  });

  it('sees in the compiled app which function is kept ready, and on what', () => {
    const site = (name: string, version: string) =>
      compiledTo('Microsoft.Web/sites', {
        functionAppConfig: {
          runtime: { version },
          scaleAndConcurrency: { instanceMemoryMB: 2048, alwaysReady: [{ name, instanceCount: 1 }] },
        },
      });
    expect(failures(alwaysReady, facts, site('function:acceptOffer', '24'))).toEqual([]);
    expect(failures(alwaysReady, facts, site('function:takeOffer', '20'))).toEqual([
      'always-ready function:takeOffer is in infra/main.bicep and missing in src/functions',
      'the runtime is not Node 24 (a scenario)',
    ]);
  });
});

it('names an older Node without a compiler too', () => {
  expect(
    failures(alwaysReady, edited('infra/modules/functionApp.bicep', "version: '24'", "version: '22'")),
  ).toEqual(['the runtime is not Node 24 in infra/modules/functionApp.bicep']);
});

describe('event types', () => {
  const passing = 'Microsoft.Communication.RouterJobReceived';

  it('names an event type the app handles and nobody subscribes to', () => {
    const added = app({
      eventTypes: [...facts.app.eventTypes, passing],
      reactions: { ...facts.app.reactions, tidyJob: [...(facts.app.reactions.tidyJob ?? []), passing] },
    });
    expect(failures(eventTypes, added)).toEqual([
      `event type ${passing} is in src/handling/reactions.ts (tidyJob) and missing in infra/eventSubscriptions.json (tidyJob)`,
    ]);
  });

  it('names an event type the app can read and no function acts on', () => {
    expect(failures(eventTypes, app({ eventTypes: [...facts.app.eventTypes, passing] }))).toEqual([
      `event type ${passing} is in src/events/routerEvent.ts and missing in src/handling/reactions.ts`,
    ]);
  });

  it('names an event type that is subscribed and not handled', () => {
    const added = sources({
      eventSubscriptions: { ...facts.sources.eventSubscriptions, tidyJob: [passing] },
    });
    expect(failures(eventTypes, added)).toContain(
      `event type ${passing} is in infra/eventSubscriptions.json (tidyJob) and missing in src/handling/reactions.ts (tidyJob)`,
    );
  });

  it('names an event type the compiled subscriptions leave out', () => {
    const types = Object.values(facts.app.reactions).flat();
    const compiled = compiledTo('Microsoft.EventGrid/systemTopics/eventSubscriptions', {
      filter: { includedEventTypes: types.slice(1) },
    });
    expect(failures(eventTypes, facts, compiled)).toEqual([
      `event type ${types[0]} is in src/handling/reactions.ts and missing in the compiled event subscriptions (a scenario)`,
    ]);
  });
});

describe('settings', () => {
  it('reads off the app which settings it looks up', () => {
    expect(facts.app.settings).toEqual(
      expect.arrayContaining(['AUTOMATION_RULES', 'COMMUNICATION_ENDPOINT', 'WEBHOOK_GUARD', 'LOG_LABELS']),
    );
    expect(facts.app.settings).not.toContain('then');
  });

  it.each([
    'process.env.SNEAKY',
    "process.env['SNEAKY']",
    'const { SNEAKY } = process.env;',
    'const { SNEAKY: name = 1 }: Environment = process.env;',
  ])('finds a setting that a source takes past the config: %s', (text) => {
    expect(settingsTakenIn(text)).toEqual(['SNEAKY']);
  });

  it('names a setting the app reads and nobody gives', () => {
    const added = app({ settings: [...facts.app.settings, 'QUOTA'] });
    expect(failures(appSettings, added)).toEqual([
      'setting QUOTA is in src/config.ts and missing in infra/modules/appSettings.bicep (settingsOfTheApp)',
      'setting QUOTA is in src/config.ts and the local host and missing in local.settings.json.example',
    ]);
  });

  it('names a setting that is given and never read', () => {
    const added = edited(
      'infra/modules/appSettings.bicep',
      '  AZURE_CLIENT_ID:',
      "  QUOTA: '1'\n  AZURE_CLIENT_ID:",
    );
    expect(failures(appSettings, added)).toEqual([
      'setting QUOTA is in infra/modules/appSettings.bicep (settingsOfTheApp) and missing in src/config.ts',
    ]);
  });

  it('names a host setting that is not accounted for', () => {
    const added = edited(
      'infra/modules/appSettings.bicep',
      '  AzureWebJobsStorage__credential:',
      "  FUNCTIONS_WORKER_RUNTIME: 'node'\n  AzureWebJobsStorage__credential:",
    );
    expect(failures(appSettings, added)).toEqual([
      'setting FUNCTIONS_WORKER_RUNTIME is in infra/modules/appSettings.bicep (settingsOfTheHost) and missing in the host settings that are accounted for',
    ]);
  });

  it('names a setting the compiled app is not given', () => {
    const compiled = compiledTo('Microsoft.Web/sites/config', { AUTOMATION_RULES: 'routing.json' });
    expect(failures(appSettings, facts, compiled)).toContain(
      'setting COMMUNICATION_ENDPOINT is in src/config.ts and the host and missing in the compiled app settings (a scenario)',
    );
  });
});

describe('parameters and outputs', () => {
  it('names a parameter without a description', () => {
    const added = edited(
      'infra/main.bicep',
      /\n@description\([^\n]*\)\nparam alertEmail/,
      '\n\nparam alertEmail',
    );
    expect(failures(parametersDescribed, added)).toEqual([
      'parameter alertEmail of infra/main.bicep has no description',
    ]);
  });

  it('names a parameter that the parameter file does not set, and a value no document tells of', () => {
    expect(failures(parametersSet, edited('infra/main.bicepparam', /param alertEmail[^\n]*\n/, ''))).toEqual([
      'parameter alertEmail is in infra/main.bicep and missing in infra/main.bicepparam',
    ]);
    expect(failures(parametersSet, edited('infra/main.bicepparam', "'ALERT_EMAIL'", "'ALERT_MAIL'"))).toEqual(
      ['value ALERT_MAIL is in the parameter files and missing in infra/README.md'],
    );
  });

  it('names a value the second step reads and the first does not answer', () => {
    const without = edited('infra/main.bicep', 'output STORAGE_ACCOUNT_ID', 'output STORAGE_ID');
    expect(failures(parametersSet, without)[0]).toMatch(
      /^value STORAGE_ACCOUNT_ID is in infra\/subscriptions/,
    );
  });

  it.each([
    ['by its name', "output FUNCTION_KEY string = 'x'"],
    [
      'by what tells Application Insights apart',
      'output greeting string = insights.properties.InstrumentationKey',
    ],
    ['by what holds a key', 'output greeting string = insights.properties.ConnectionString'],
    ['by a call', 'output it string = app.listKeys().keys[0]'],
    ['by a secure parameter', 'output it string = hidden'],
  ])('finds a secret in an output %s', (_, output) => {
    const path = 'infra/modules/identity.bicep';
    const text = `${facts.sources.files[path]}\n@secure()\nparam hidden string\n\n${output}\n`;
    const broken = sources({ files: { ...facts.sources.files, [path]: text } });
    expect(failures(secretsInOutputs, broken)).toHaveLength(1);
    expect(failures(secretsInOutputs, broken)[0]).toContain(path);
  });

  it('finds a secret in an output of a nested template', () => {
    const nested = {
      $schema: 'x',
      parameters: { hidden: { type: 'securestring' } },
      outputs: { it: { type: 'string', value: "[parameters('hidden')]" } },
    };
    const templates = {
      'infra/main.bicep': { $schema: 'x', resources: { one: { properties: { template: nested } } } },
    };
    expect(failures(secretsInOutputs, facts, { diagnostics: [], templates, predictions: [] })).toEqual([
      expect.stringContaining('output it of infra/main.bicep'),
    ]);
  });
});

describe('hardening', () => {
  it.each([
    [
      'infra/modules/storage.bicep',
      'allowSharedKeyAccess: false',
      'allowSharedKeyAccess: true',
      sharedKeysAreOff,
    ],
    [
      'infra/modules/functionApp.bicep',
      "ftpsState: 'Disabled'",
      "ftpsState: 'AllAllowed'",
      transportIsEncrypted,
    ],
    ['infra/modules/storage.bicep', "'TLS1_2'", "'TLS1_0'", transportIsEncrypted],
    [
      'infra/modules/functionApp.bicep',
      "type: 'UserAssignedIdentity'",
      "type: 'SystemAssignedIdentity'",
      identitiesAct,
    ],
    ['infra/modules/systemTopic.bicep', "type: 'SystemAssigned'", "type: 'None'", identitiesAct],
    [
      'infra/modules/identity.bicep',
      'output id string',
      "var keys = identity.listKeys('1')\noutput id string",
      sharedKeysAreOff,
    ],
  ])('names the file where %s is softened', (path, text, replacement, assertion) => {
    expect(failures(assertion, edited(path, text, replacement))).toEqual([expect.stringContaining(path)]);
  });

  it('sees in the compiled resources what the sources hide in an expression', () => {
    const compiled = compiledTo('Microsoft.Storage/storageAccounts', { minimumTlsVersion: 'TLS1_0' });
    expect(failures(transportIsEncrypted, facts, compiled)).toContain(
      'minimumTlsVersion of Microsoft.Storage/storageAccounts is TLS1_0, not TLS1_2 (a scenario)',
    );
  });
});

describe('delivery', () => {
  const path = 'infra/subscriptions.bicep';

  it.each([
    ['loses its dead letters', /\n +deadLetterWithResourceIdentity: deadLetters/, '', 'without dead letters'],
    [
      'writes dead letters without the identity',
      "identity: { type: 'SystemAssigned' }",
      "identity: { type: 'None' }",
      'dead letters by the identity',
    ],
    [
      'gives up after ten minutes',
      'eventTimeToLiveInMinutes: 1440, maxDeliveryAttempts: 30',
      'eventTimeToLiveInMinutes: 10, maxDeliveryAttempts: 1',
      'retries for 24 h',
    ],
    [
      'rounds the life of an offer down',
      '(offerExpiresAfterSeconds + 59) / 60',
      'offerExpiresAfterSeconds / 60',
      'life of an offer',
    ],
  ])('says so when a subscription %s', (_, text, replacement, says) => {
    expect(failures(deliveryHeals, edited(path, text, replacement))).toEqual([expect.stringContaining(says)]);
  });

  it('sees in the compiled subscriptions what the sources hide', () => {
    const compiled = compiledTo('Microsoft.EventGrid/systemTopics/eventSubscriptions', {
      destination: { properties: { resourceId: '/sites/func/functions/acceptOffer' } },
      retryPolicy: { eventTimeToLiveInMinutes: 10, maxDeliveryAttempts: 5 },
    });
    expect(failures(deliveryHeals, facts, compiled)).toEqual([
      'retryPolicy.eventTimeToLiveInMinutes of the subscription one is 10, not 1 (a scenario)',
      expect.stringContaining('identity.type of the subscription one is not set, not SystemAssigned'),
      expect.stringContaining('endpointType of the subscription one is not set'),
      expect.stringContaining('blobContainerName of the subscription one is not set, not dead-letters'),
    ]);
  });
});

describe('identities', () => {
  it('sees in the compiled app by whose identity its package is read', () => {
    const compiled = compiledTo('Microsoft.Web/sites', {
      functionAppConfig: { deployment: { storage: { authentication: { type: 'SystemAssignedIdentity' } } } },
    });
    expect(failures(identitiesAct, facts, compiled)).toContain(
      'functionAppConfig.deployment.storage.authentication.type of Microsoft.Web/sites is SystemAssignedIdentity, not UserAssignedIdentity (a scenario)',
    );
  });
});

describe('roles', () => {
  const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';

  it('names a role that is not known, and where it is given', () => {
    const broken = edited('infra/modules/roles/hostQueues.bicep', /974c5e8b[\w-]+/, owner);
    expect(failures(roles, broken)).toEqual([
      `role ${owner} in infra/modules/roles/hostQueues.bicep is not among infra/check/assertions/knownRoles.ts, or not for this file`,
    ]);
    const compiled = compiledTo('Microsoft.Authorization/roleAssignments', {
      roleDefinitionId: `/x/${owner}`,
    });
    expect(failures(roles, facts, compiled)).toEqual([
      expect.stringContaining(`role ${owner} in the compiled role assignments`),
    ]);
  });

  it('names a role that is known and belongs in another file', () => {
    const path = 'infra/modules/roles/hostQueues.bicep';
    const text = (facts.sources.files[path] ?? '')
      .replace(/974c5e8b[\w-]+/, 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b')
      .replaceAll('Storage Queue Data Contributor', 'Storage Blob Data Owner');
    expect(failures(roles, sources({ files: { ...facts.sources.files, [path]: text } }))).toEqual([
      expect.stringContaining(`in ${path} is not among`),
    ]);
  });

  it.each([
    [
      'deadLetters',
      'scope: account::blobs::deadLetters',
      'scope: account',
      'role Storage Blob Data Contributor in infra/modules/roles/deadLetters.bicep is given on Microsoft.Storage/storageAccounts, not on Microsoft.Storage/storageAccounts/blobServices/containers',
    ],
    [
      'hostBlobs',
      '  scope: account\n',
      '',
      'role Storage Blob Data Owner in infra/modules/roles/hostBlobs.bicep is given on a whole resource group, not on Microsoft.Storage/storageAccounts',
    ],
    [
      'vaultEntry',
      'scope: vault::entry',
      'scope: vault',
      'role Key Vault Secrets User in infra/modules/roles/vaultEntry.bicep is given on Microsoft.KeyVault/vaults, not on Microsoft.KeyVault/vaults/secrets',
    ],
  ])('says so when the role of %s.bicep is given on more than it needs', (file, text, replacement, says) => {
    expect(failures(roles, edited(`infra/modules/roles/${file}.bicep`, text, replacement))).toEqual([says]);
  });

  it.each([
    [
      "[if(equals(resourceId('s', 'rg', 'Microsoft.Storage/storageAccounts', reference(…).name), '/'), …)]",
      'Microsoft.Storage/storageAccounts',
    ],
    [
      "[extensionResourceId('/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv', 'Microsoft.Authorization/roleAssignments', …)]",
      'Microsoft.KeyVault/vaults',
    ],
    [
      "[resourceId('s', 'rg', 'Microsoft.Authorization/roleAssignments', guid('x', reference(…)))]",
      'a whole resource group',
    ],
  ])('reads off a compiled assignment what it is given on: %s', (id, on) => {
    const blobs = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe';
    const properties = {
      roleDefinitionId: `/x/${blobs}`,
      description: 'Storage Blob Data Contributor: a reason that is long enough.',
    };
    const compiled = compiledTo('Microsoft.Authorization/roleAssignments', properties, id);
    expect(failures(roles, facts, compiled)).toEqual([
      `role Storage Blob Data Contributor in the compiled role assignments (a scenario) is given on ${on}, not on Microsoft.Storage/storageAccounts/blobServices/containers`,
    ]);
  });

  it('names a role file that the deployment leaves out', () => {
    const broken = edited(
      'infra/main.bicep',
      "'modules/roles/hostQueues.bicep'",
      "'modules/roles/queues.bicep'",
    );
    expect(failures(roles, broken)).toEqual([
      'role file hostQueues.bicep is in infra/check/assertions/knownRoles.ts and missing in infra/main.bicep',
    ]);
  });

  it('names a known role under another name, and one without a reason', () => {
    const misnamed = edited(
      'infra/modules/roles/hostTables.bicep',
      "description: 'Storage Table",
      "description: 'Some Table",
    );
    expect(failures(roles, misnamed)).toEqual([expect.stringContaining('Storage Table Data Contributor')]);
  });
});

describe('monitoring', () => {
  const query = 'infra/modules/monitoring/queries/parkedEvents.kql';

  it('names a log member, an outcome and a metric that do not exist', () => {
    expect(failures(monitoring, edited(query, 'line.outcome', 'line.result'))).toEqual([
      `log member result is in ${query} and missing in src/handling/logLine.ts`,
    ]);
    expect(failures(monitoring, edited(query, "'parked'", "'shelved'"))).toEqual([
      `outcome shelved is in ${query} and missing in src/outcome.ts`,
    ]);
    const workbook = 'infra/modules/monitoring/workbook.json';
    expect(failures(monitoring, edited(workbook, 'DeadLetteredCount', 'DeadLetterCount'))).toEqual([
      `metric DeadLetterCount is in ${workbook} and missing in infra/signals.json (metrics)`,
    ]);
  });

  it('says so when the words for a throttling router change', () => {
    expect(failures(monitoring, app({ throttledCause: 'the router is busy' }))).toEqual([
      expect.stringContaining('src/outcome.ts says "the router is busy"'),
    ]);
  });

  it('names the queue of parked events when the app writes to another', () => {
    const names = { ...facts.sources.names, parkedEventsQueue: 'poison' };
    expect(failures(monitoring, sources({ names }))).toContain(
      'queue parked-events is in the queue outputs of src/functions and missing in infra/names.json (parkedEventsQueue)',
    );
  });
});

describe('azd', () => {
  it('names a script of a hook that does not exist, and its file', () => {
    const { subscribe: _, ...scripts } = facts.sources.scripts;
    expect(failures(hooks, sources({ scripts }))).toEqual([
      'script subscribe is in azure.yaml and missing in package.json',
    ]);
    const moved = sources({ exists: (path) => path !== 'infra/scripts/subscribe.ts' });
    expect(failures(hooks, moved)).toEqual([
      'file infra/scripts/subscribe.ts of the script subscribe is in package.json and missing on disk',
    ]);
  });

  it('names a hook that one family of systems cannot run', () => {
    const azureYaml = facts.sources.azureYaml.replace(/(postdeploy:\n.*\n) {4}windows:.*\n/, '$1');
    expect(failures(hooks, sources({ azureYaml }))).toEqual([
      'hook postdeploy of azure.yaml has no command for windows',
    ]);
  });
});

it('tells a mistake that shows in every scenario once', () => {
  const { predictions, ...compiled } = compiledTo('Microsoft.Web/sites', { httpsOnly: false });
  const twice = predictions.flatMap((one) => [one, { ...one, scenario: 'another' }]);
  expect(failures(transportIsEncrypted, facts, { ...compiled, predictions: twice })).toContain(
    'httpsOnly of Microsoft.Web/sites is false, not true (a scenario, and 1 more)',
  );
});

it('does not take templates that could not be evaluated for an empty deployment', () => {
  const compiled = { diagnostics: ['main.bicep(1,1) : Error'], templates: {}, predictions: [] };
  const verdicts = allAssertions.map((assertion) => judge(assertion, facts, compiled));
  expect(verdicts.flatMap((verdict) => verdict.failures)).toEqual(['main.bicep(1,1) : Error']);
  expect(verdicts.filter(({ isPartial }) => isPartial).length).toBeGreaterThan(5);
});

it('fails on a single warning of the compiler', () => {
  const compiled = { diagnostics: ['main.bicep(1,1) : Warning'], templates: {}, predictions: [] };
  expect(failures(compilesCleanly, facts, compiled)).toEqual(['main.bicep(1,1) : Warning']);
});
